# A text that grows by small joins, and numbers turned into text.
# Collected and joined at the end, as Python programs do.
def build(n):
    parts = []
    for i in range(n):
        parts.append(f"{i},")
    return "".join(parts)


total = 0
for _ in range(10):
    text = build(150000)
    total += len(text)
print(total)

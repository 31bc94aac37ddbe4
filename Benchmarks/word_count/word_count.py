# A dictionary from words to counts, filled from a long text.
SYLLABLES = ["ka", "to", "mi", "re", "su", "no", "la", "vi", "pe", "du"]


def spell(number):
    n = number
    word = ""
    while n > 0 or not word:
        word += SYLLABLES[n % 10]
        n //= 10
    return word


def make_text(length, vocabulary):
    size = len(vocabulary)
    seed = 2024
    words = []
    for _ in range(length):
        seed = seed * 16807 % 2147483647
        a = seed % size
        b = seed // size % size
        words.append(vocabulary[a * b // size])
    return " ".join(words)


def count_words(text):
    counts = {}
    for word in text.split(" "):
        counts[word] = counts.get(word, 0) + 1
    return counts


vocabulary = [spell(i) for i in range(5000)]
text = make_text(1800000, vocabulary)
print(f"{len(text)} bytes")
counts = count_words(text)
print(f"{len(counts)} different words")
entries = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
for word, count in entries[:10]:
    print(f"{word} {count}")

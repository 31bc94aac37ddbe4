-- A table from words to counts, filled from a long text.
local floor = math.floor
local SYLLABLES = { "ka", "to", "mi", "re", "su", "no", "la", "vi", "pe", "du" }

local function spell(number)
  local n = number
  local word = ""
  while n > 0 or word == "" do
    word = word .. SYLLABLES[n % 10 + 1]
    n = floor(n / 10)
  end
  return word
end

local function make_text(length, vocabulary)
  local size = #vocabulary
  local seed = 2024
  local words = {}
  for i = 1, length do
    seed = seed * 16807 % 2147483647
    local a = seed % size
    local b = floor(seed / size) % size
    words[i] = vocabulary[floor(a * b / size) + 1]
  end
  return table.concat(words, " ")
end

local function count_words(text)
  local counts = {}
  for word in text:gmatch("[^ ]+") do
    counts[word] = (counts[word] or 0) + 1
  end
  return counts
end

local vocabulary = {}
for i = 0, 4999 do vocabulary[i + 1] = spell(i) end
local text = make_text(1800000, vocabulary)
print(string.format("%d bytes", #text))
local counts = count_words(text)
local entries = {}
for word, count in pairs(counts) do entries[#entries + 1] = { word, count } end
print(string.format("%d different words", #entries))
table.sort(entries, function(a, b)
  if a[2] == b[2] then return a[1] < b[1] end
  return a[2] > b[2]
end)
for i = 1, 10 do print(string.format("%s %d", entries[i][1], entries[i][2])) end

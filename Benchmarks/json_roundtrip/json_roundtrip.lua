-- JSON written to text, parsed by hand and written again.
local NULL, BOOL, WHOLE, REAL, TEXT, LIST, OBJECT = 1, 2, 3, 4, 5, 6, 7

local null = { tag = NULL }
local function bool(value) return { tag = BOOL, value = value } end
local function whole(value) return { tag = WHOLE, value = value } end
local function real(value) return { tag = REAL, value = value } end
local function text(value) return { tag = TEXT, value = value } end
local function list(items) return { tag = LIST, items = items } end
local function object(fields) return { tag = OBJECT, fields = fields } end

local function write_text(out, s)
  out[#out + 1] = '"'
  local start = 1
  for i = 1, #s do
    local byte = s:byte(i)
    if byte == 34 or byte == 92 or byte == 10 then
      out[#out + 1] = s:sub(start, i - 1)
      out[#out + 1] = byte == 10 and "\\n" or byte == 34 and '\\"' or "\\\\"
      start = i + 1
    end
  end
  out[#out + 1] = s:sub(start)
  out[#out + 1] = '"'
end

local function write(out, json)
  local tag = json.tag
  if tag == NULL then out[#out + 1] = "null"
  elseif tag == BOOL then out[#out + 1] = json.value and "true" or "false"
  elseif tag == WHOLE then out[#out + 1] = string.format("%d", json.value)
  elseif tag == REAL then out[#out + 1] = string.format("%.3f", json.value)
  elseif tag == TEXT then write_text(out, json.value)
  elseif tag == LIST then
    out[#out + 1] = "["
    for i, item in ipairs(json.items) do
      if i > 1 then out[#out + 1] = "," end
      write(out, item)
    end
    out[#out + 1] = "]"
  else
    out[#out + 1] = "{"
    for i, field in ipairs(json.fields) do
      if i > 1 then out[#out + 1] = "," end
      write_text(out, field[1])
      out[#out + 1] = ":"
      write(out, field[2])
    end
    out[#out + 1] = "}"
  end
end

local function render(json)
  local out = {}
  write(out, json)
  return table.concat(out)
end

local Parser = {}
Parser.__index = Parser

function Parser:peek()
  while self.pos <= #self.text do
    local byte = self.text:byte(self.pos)
    if byte ~= 32 and byte ~= 10 then return byte end
    self.pos = self.pos + 1
  end
  return -1
end

function Parser:expect_byte(wanted)
  if self:peek() ~= wanted then error("byte " .. wanted .. " expected at " .. self.pos) end
  self.pos = self.pos + 1
end

function Parser:word(word, json)
  if self.text:sub(self.pos, self.pos + #word - 1) ~= word then error(word .. " expected at " .. self.pos) end
  self.pos = self.pos + #word
  return json
end

function Parser:digits(start)
  local value = start
  while self.pos <= #self.text do
    local byte = self.text:byte(self.pos)
    if byte < 48 or byte > 57 then return value end
    value = value * 10 + (byte - 48)
    self.pos = self.pos + 1
  end
  return value
end

function Parser:number()
  local sign = 1
  if self:peek() == 45 then
    sign = -1
    self.pos = self.pos + 1
  end
  local start = self.pos
  local value = self:digits(0)
  if self.pos == start then error("value expected at " .. start) end
  if self.text:byte(self.pos) == 46 then
    self.pos = self.pos + 1
    local point = self.pos
    value = self:digits(value)
    local divisor = 1.0
    for _ = point, self.pos - 1 do divisor = divisor * 10.0 end
    return real(sign * value / divisor)
  end
  return whole(sign * value)
end

function Parser:quoted()
  self:expect_byte(34)
  local out = ""
  local start = self.pos
  while self.pos <= #self.text do
    local byte = self.text:byte(self.pos)
    if byte == 34 then
      out = out .. self.text:sub(start, self.pos - 1)
      self.pos = self.pos + 1
      return out
    end
    if byte == 92 then
      out = out .. self.text:sub(start, self.pos - 1)
      local code = self.text:byte(self.pos + 1)
      if code == 110 then
        out = out .. "\n"
      else
        out = out .. self.text:sub(self.pos + 1, self.pos + 1)
      end
      self.pos = self.pos + 2
      start = self.pos
    else
      self.pos = self.pos + 1
    end
  end
  error("text without end")
end

function Parser:list()
  self:expect_byte(91)
  local items = {}
  if self:peek() ~= 93 then
    items[#items + 1] = self:value()
    while self:peek() == 44 do
      self.pos = self.pos + 1
      items[#items + 1] = self:value()
    end
  end
  self:expect_byte(93)
  return list(items)
end

function Parser:field()
  local key = self:quoted()
  self:expect_byte(58)
  return { key, self:value() }
end

function Parser:object()
  self:expect_byte(123)
  local fields = {}
  if self:peek() ~= 125 then
    fields[#fields + 1] = self:field()
    while self:peek() == 44 do
      self.pos = self.pos + 1
      fields[#fields + 1] = self:field()
    end
  end
  self:expect_byte(125)
  return object(fields)
end

function Parser:value()
  local byte = self:peek()
  if byte == 110 then return self:word("null", null)
  elseif byte == 116 then return self:word("true", bool(true))
  elseif byte == 102 then return self:word("false", bool(false))
  elseif byte == 34 then return text(self:quoted())
  elseif byte == 91 then return self:list()
  elseif byte == 123 then return self:object()
  else return self:number() end
end

local function parse(s)
  local parser = setmetatable({ text = s, pos = 1 }, Parser)
  local json = parser:value()
  if parser:peek() ~= -1 then error("end expected at " .. parser.pos) end
  return json
end

local function make_item(i)
  local note = i % 3 == 0 and null or text(string.format('line %d\nand a "quoted" word', i))
  local tags = {}
  for k = 0, i % 5 - 1 do tags[k + 1] = text(string.format("tag%d", k)) end
  local size = object({ { "width", whole(i * 7 % 100) }, { "height", whole(50 - i % 101) } })
  return object({
    { "id", whole(i) },
    { "name", text(string.format("item number %d", i)) },
    { "price", real(i * 37 % 10007 / 8.0) },
    { "active", bool(i % 2 == 0) },
    { "note", note },
    { "tags", list(tags) },
    { "size", size },
  })
end

local function count(json)
  local n = 1
  if json.tag == LIST then
    for _, item in ipairs(json.items) do n = n + count(item) end
  elseif json.tag == OBJECT then
    for _, field in ipairs(json.fields) do n = n + count(field[2]) end
  end
  return n
end

local items = {}
for i = 0, 2999 do items[i + 1] = make_item(i) end
local json = list(items)
local first = render(json)
print(first:sub(1, 220))
for _ = 1, 4 do json = parse(render(json)) end
local last = render(json)
print(string.format("%d bytes, %d values, same: %s", #last, count(json), tostring(first == last)))

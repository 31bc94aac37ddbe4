-- 32-bit arithmetic that wraps, shifts and masks: SHA-256 of an array of bytes.
-- LuaJIT has the bit library, Lua 5.4 operators that LuaJIT cannot read: the two steps that need them are written for both.
local ROUNDS = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

local compress, push_length

if jit then
  local bit = require("bit")
  local band, bor, bxor, bnot = bit.band, bit.bor, bit.bxor, bit.bnot
  local lshift, rshift, rotate, tobit = bit.lshift, bit.rshift, bit.ror, bit.tobit

  function compress(state, data, start, w)
    for i = 1, 16 do
      local p = start + 4 * i - 3
      w[i] = bor(lshift(data[p], 24), lshift(data[p + 1], 16), lshift(data[p + 2], 8), data[p + 3])
    end
    for i = 17, 64 do
      local x, y = w[i - 15], w[i - 2]
      local s0 = bxor(rotate(x, 7), rotate(x, 18), rshift(x, 3))
      local s1 = bxor(rotate(y, 17), rotate(y, 19), rshift(y, 10))
      w[i] = tobit(w[i - 16] + s0 + w[i - 7] + s1)
    end
    local a, b, c, d, e, f, g, h = unpack(state)
    for i = 1, 64 do
      local s1 = bxor(rotate(e, 6), rotate(e, 11), rotate(e, 25))
      local choice = bxor(band(e, f), band(bnot(e), g))
      local t1 = h + s1 + choice + ROUNDS[i] + w[i]
      local s0 = bxor(rotate(a, 2), rotate(a, 13), rotate(a, 22))
      local majority = bxor(band(a, b), band(a, c), band(b, c))
      local t2 = s0 + majority
      h = g
      g = f
      f = e
      e = tobit(d + t1)
      d = c
      c = b
      b = a
      a = tobit(t1 + t2)
    end
    state[1] = tobit(state[1] + a)
    state[2] = tobit(state[2] + b)
    state[3] = tobit(state[3] + c)
    state[4] = tobit(state[4] + d)
    state[5] = tobit(state[5] + e)
    state[6] = tobit(state[6] + f)
    state[7] = tobit(state[7] + g)
    state[8] = tobit(state[8] + h)
  end

  function push_length(data, bits)
    for shift = 24, 0, -8 do data[#data + 1] = band(rshift(bits, shift), 0xff) end
  end
else
  compress, push_length = load([[
    local ROUNDS = ...

    local function rotate(x, n)
      return (x >> n | x << (32 - n)) & 0xffffffff
    end

    local function compress(state, data, start, w)
      for i = 1, 16 do
        local p = start + 4 * i - 3
        w[i] = data[p] << 24 | data[p + 1] << 16 | data[p + 2] << 8 | data[p + 3]
      end
      for i = 17, 64 do
        local x, y = w[i - 15], w[i - 2]
        local s0 = rotate(x, 7) ~ rotate(x, 18) ~ (x >> 3)
        local s1 = rotate(y, 17) ~ rotate(y, 19) ~ (y >> 10)
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & 0xffffffff
      end
      local a, b, c, d, e, f, g, h = table.unpack(state)
      for i = 1, 64 do
        local s1 = rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)
        local choice = (e & f) ~ (~e & g)
        local t1 = h + s1 + choice + ROUNDS[i] + w[i]
        local s0 = rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)
        local majority = (a & b) ~ (a & c) ~ (b & c)
        local t2 = s0 + majority
        h = g
        g = f
        f = e
        e = (d + t1) & 0xffffffff
        d = c
        c = b
        b = a
        a = (t1 + t2) & 0xffffffff
      end
      state[1] = (state[1] + a) & 0xffffffff
      state[2] = (state[2] + b) & 0xffffffff
      state[3] = (state[3] + c) & 0xffffffff
      state[4] = (state[4] + d) & 0xffffffff
      state[5] = (state[5] + e) & 0xffffffff
      state[6] = (state[6] + f) & 0xffffffff
      state[7] = (state[7] + g) & 0xffffffff
      state[8] = (state[8] + h) & 0xffffffff
    end

    local function push_length(data, bits)
      for shift = 24, 0, -8 do data[#data + 1] = bits >> shift & 0xff end
    end

    return compress, push_length
  ]])(ROUNDS)
end

local function sha256(text)
  local data = {}
  for i = 1, #text do data[i] = text:byte(i) end
  local bits = #data * 8
  data[#data + 1] = 0x80
  while #data % 64 ~= 60 do data[#data + 1] = 0 end
  push_length(data, bits)
  local state = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  }
  local w = {}
  for i = 1, 64 do w[i] = 0 end
  for start = 0, #data - 1, 64 do compress(state, data, start, w) end
  local words = {}
  for i, word in ipairs(state) do words[i] = string.format("%08x", word % 4294967296) end
  return table.concat(words)
end

print(sha256("abc"))
print(sha256(("the quick brown fox jumps over the lazy dog\n"):rep(60000)))

-- Reserves slots of one command for the calls of one process, first come first served.
-- KEYS: the command's schedule, its slow-down, the app's slow-down and, where cost is limited, when what it cost is paid.
-- ARGV: microseconds between two calls, burst, calls to charge before (-1: go on as always), slots to lease beyond
-- the calls, microseconds that one of cost takes to pay (0: cost is not limited), how much a call may be ahead of that, cost
-- to charge before, then for each call the microseconds that it can wait (-1: any time) and, where it is limited, its cost.
-- Answers for each call the microseconds to wait; where that is more than it can, nothing is reserved and the number is
-- negative. The leased slots follow.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local state = redis.call('MGET', unpack(KEYS))

local part = 1
for i = 2, 3 do
  if state[i] then
    local full = tonumber(string.match(state[i], '^%d+'))
    part = part * (1 - math.max(0, full - now) / 100000000)
  end
end
part = math.max(part, 0.02)
local every = math.ceil(tonumber(ARGV[1]) / part)
local slack = (math.max(1, math.floor(tonumber(ARGV[2]) * part)) - 1) * every

local unit = tonumber(ARGV[5]) / part
local ahead = math.max(1, math.floor(tonumber(ARGV[6]) * part)) * unit

local due = math.max(tonumber(state[1] or 0), now)
local paid = tonumber(state[4] or 0)
local charge = tonumber(ARGV[3])
local changed = charge >= 0
if changed then
  due = math.max(due, now + slack) + charge * every
  paid = math.max(paid, now + ahead) + tonumber(ARGV[7]) * unit
end

local waits = {}
local last
for i = 8, #ARGV, unit > 0 and 2 or 1 do
  local can = tonumber(ARGV[i])
  local slot = math.max(now, due - slack)
  local price = 0
  if unit > 0 then
    price = tonumber(ARGV[i + 1]) * unit
    slot = math.max(slot, math.ceil(paid + price - ahead))
  end
  if can >= 0 and slot - now > can then
    waits[#waits + 1] = now - slot
  else
    waits[#waits + 1] = slot - now
    due = math.max(due, slot) + every
    paid = math.max(paid, slot) + price
    last = slot
  end
end
if last then
  changed = true
  for _ = 1, tonumber(ARGV[4]) do
    last = math.max(last + every, due - slack)
    due = math.max(due, last) + every
    waits[#waits + 1] = last - now
  end
end
if changed then
  redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', string.format('%.0f', (due - now) / 1000 + 1000))
  if unit > 0 then
    -- For a minute more: a call that costs more than it may be ahead is paid for in advance.
    redis.call('SET', KEYS[4], string.format('%.0f', paid), 'PX', string.format('%.0f', (paid - now) / 1000 + 61000))
  end
end
return waits

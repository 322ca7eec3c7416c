-- Takes 30 % of a rate, at most twice a second; the rate comes back by one hundredth a second.
-- KEYS: the slow-down. It holds the microsecond at which the rate is full again, and that of the last cut.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local state = redis.call('GET', KEYS[1])
local part = 1
if state then
  local full, cut = string.match(state, '^(%d+) (%d+)$')
  if now - cut < 500000 then
    return 0
  end
  part = 1 - math.max(0, full - now) / 100000000
end
part = math.max(part * 0.7, 0.02)
local left = (1 - part) * 100000000
redis.call('SET', KEYS[1], string.format('%.0f %.0f', now + left, now), 'PX', string.format('%.0f', left / 1000))
return 1

-- What wrk sends: /health, /jobs and /status in turn. Arguments: the job to ask for, and how long each connection waits
-- between requests, in milliseconds; 0 sends as fast as answers come.
local paths, wait, sent = {}, 0, 0

function init(arguments)
  paths = { "/health", "/jobs", "/status/" .. arguments[1] }
  wait = tonumber(arguments[2])
  math.randomseed(42)
end

function delay()
  return wait > 0 and math.random(wait * 0.5, wait * 1.5) or 0
end

function request()
  sent = sent + 1
  return wrk.format("GET", paths[sent % 3 + 1])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "failed": %d, "p50_ms": %.2f, "p90_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f}\n',
    summary.requests, summary.duration / 1e6, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end

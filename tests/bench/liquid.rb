# ruby liquid.rb TEMPLATE DATA.json SECONDS: as liquid.cpp, with Ruby's Liquid and liquid-c.
require "json"
require "liquid"
require "liquid/c"

text, data, seconds = File.read(ARGV[0]), JSON.parse(File.read(ARGV[1])), ARGV[2].to_f
once = -> { Liquid::Template.parse(text).render(data) }
if seconds <= 0
  print once.call
  exit
end
now = -> { Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) }
50.times { once.call }
start, n = now.call, 0
while (spent = now.call - start) < seconds
  50.times { once.call }
  n += 50
end
puts n / spent

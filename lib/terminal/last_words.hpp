// Where no handler can catch it (before main, in a thread, while an exception is on its way) lack of memory
// still ends the process with a word and the documented exit code 3. The store bears to be left at any
// moment.
#pragma once

namespace helpdesk::terminal {

// One object, made before any other.
struct LastWords {
  LastWords();
};

} // namespace helpdesk::terminal

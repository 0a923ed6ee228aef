import { ChildProcess } from 'node:child_process'
import { Server } from 'node:net'

// NODE_TEST_CONTEXT: in the file, not in what runs the files.
/** Loaded before each file of tests: says of a file what it leaves open, which `--test-force-exit` ends without a word. */
if (process.env.NODE_TEST_CONTEXT) process.on('exit', () => {
  // What was closed the instant before is still among the handles; the objects know better.
  const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles()
  const left = handles.flatMap(handle => handle instanceof Server && handle.listening ? 'a server' : handle instanceof ChildProcess && handle.exitCode === null && handle.signalCode === null ? 'a process' : [])
  if (left.length > 0) process.stderr.write(`${process.argv[1]}: left open: ${left.join(', ')}\n`)
})

/**
 * Loaded before each file of tests: ends it once its results have left, says what it leaves open, and goes with the run
 * that started it.
 */
import { ChildProcess } from 'node:child_process'
import { Server } from 'node:net'
import { after } from 'node:test'

/** This hook is the first to run: those of the file still stop its services after it. */
const graceMs = 20_000

/** In the file, not in what runs the files. */
if (process.env.NODE_TEST_CONTEXT) {
  // A run that is stopped midway must not leave its files, nor their servers, behind.
  const run = process.ppid
  setInterval(() => {
    if (process.ppid !== run) process.exit(1)
  }, 500).unref()

  after(() => {
    setTimeout(() => {
      const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles()
      const left = handles.flatMap(handle =>
        handle instanceof Server && handle.listening
          ? 'a server'
          : handle instanceof ChildProcess && handle.exitCode === null && handle.signalCode === null
            ? 'a process'
            : [],
      )
      if (left.length > 0) process.stderr.write(`${process.argv[1]}: left open: ${left.join(', ')}\n`)
      // Results still wait in the pipe to the run: an exit before they have left would lose the names of the last
      // tests.
      process.stdout.write('', () => process.exit())
    }, graceMs).unref()
  })
}

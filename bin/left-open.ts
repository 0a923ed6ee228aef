/** Loaded before each file of tests: says of a file what it leaves open, which `--test-force-exit` ends without a word. */
const told = { TCPServerWrap: 'a server', PipeServerWrap: 'a server', ProcessWrap: 'a process' } as Readonly<Record<string, string>>

// NODE_TEST_CONTEXT: in the file, not in what runs the files.
if (process.env.NODE_TEST_CONTEXT) process.on('exit', () => {
  const left = process.getActiveResourcesInfo().flatMap(kind => told[kind] ?? [])
  if (left.length > 0) process.stderr.write(`${process.argv[1]}: left open: ${left.join(', ')}\n`)
})

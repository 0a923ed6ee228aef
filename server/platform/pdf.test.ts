import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { textOfPdf } from '../testing/pdf.ts'
import { Refused } from './errors.ts'
import { pdfMaker } from './pdf.ts'

const folder = mkdtempSync(join(tmpdir(), 'pdf-test-'))
after(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const template = pathToFileURL(
  file(
    'plain.typ',
    `#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(lang: "fr", font: "Libertinus Serif", fallback: false)
= #d.title
#d.text`,
  ),
)
const madeAt = new Date('2026-11-25T10:00:00Z')
let people = 0
const plain = (text = 'Bonjour', askedBy = `person ${people++}`) => ({
  template,
  data: { title: 'Essai', text },
  madeAt,
  askedBy,
})
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refused && error.code === code && error.status === 503 && Number(error.facts.retryAfterSeconds) > 0

test('UX-1: a document is tagged PDF/UA, in French, with its title, and the same data give the same document', async () => {
  const make = pdfMaker()
  const [pdf, again] = await Promise.all([make(plain()), make(plain())])
  const source = pdf.toString('latin1')
  for (const sign of [
    /^%PDF-1\.7/,
    /\/MarkInfo\s*<<[^>]*\/Marked true/,
    /\/StructTreeRoot/,
    /<pdfuaid:part>1</,
    /\/Lang \(fr/,
    /\/DisplayDocTitle true/,
    /<dc:title>[\s\S]*Essai/,
  ])
    assert.match(source, sign)
  assert.match(textOfPdf(pdf), /Essai Bonjour/)
  assert.ok(pdf.equals(again))
})
test('UX-1: signs that the font lacks are replaced, never a document that cannot be made; typst markup stays text', async () => {
  const text = textOfPdf(
    await pdfMaker()(plain('Café « Œuvre » 🦊 漢字 e\u0301 œ ½ € 1\u202F234 #panic("x") $x$ \u0007')),
  )
  assert.match(text, /Café « Œuvre » \? \?\? é œ ½ € 1 234 #panic\("x"\) \$x\$ \?/)
})
test('REL-4: one document at a time; past those who wait, the next is told to come back, and later is served', async () => {
  const make = pdfMaker({ waitingAtMost: 1 })
  const asked = await Promise.allSettled([make(plain()), make(plain()), make(plain())])
  assert.deepEqual(
    asked.map(a => a.status),
    ['fulfilled', 'fulfilled', 'rejected'],
  )
  assert.ok(refusedAs('document/busy')((asked[2] as PromiseRejectedResult).reason))
  assert.ok((await make(plain())).length > 1000)
})
test('REL-4: one person has one document made or waiting, whatever they ask; the others have their turn, and so do they once it is made', async () => {
  const make = pdfMaker({ waitingAtMost: 3 })
  const asked = await Promise.allSettled([
    ...Array.from({ length: 10 }, () => make(plain('x', 'greedy'))),
    make(plain('x', 'a')),
    make(plain('x', 'b')),
  ])
  assert.deepEqual(
    asked.map(a => a.status === 'fulfilled'),
    [true, ...Array.from({ length: 9 }, () => false), true, true],
  )
  assert.ok(refusedAs('document/busy')((asked[1] as PromiseRejectedResult).reason))
  assert.ok((await make(plain('x', 'greedy'))).length > 1000)
})
test('REL-4: a document that takes too long is given up, its process killed, and the next is made', async () => {
  const pidFile = join(folder, 'pid')
  const program = file(
    'slow.mjs',
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); for (;;);`,
  )
  const make = pdfMaker({ program, timeoutMs: 600 })
  await assert.rejects(make(plain()), refusedAs('document/too-long'))
  await assert.rejects(make(plain()), refusedAs('document/too-long'), 'its turn came')
})
test('a template that does not compile is a bug, said in the log and not as a refusal', async () => {
  const wrong = pathToFileURL(file('wrong.typ', '#nothing-of-the-kind'))
  await assert.rejects(
    pdfMaker()({ template: wrong, data: {}, madeAt, askedBy: 'x' }),
    (error: Error) => !(error instanceof Refused) && /nothing-of-the-kind|unknown variable/.test(error.message),
  )
})
test('SEC-6: the process that makes a document is given nothing of the environment', async () => {
  const program = file(
    'tell.mjs',
    'process.stdin.resume().on("end", () => process.stdout.write(JSON.stringify(Object.keys(process.env))))',
  )
  process.env['SECRET_OF_THE_TEST'] = 'x'
  assert.doesNotMatch((await pdfMaker({ program })(plain())).toString(), /SECRET_OF_THE_TEST|DATABASE|PATH/)
})

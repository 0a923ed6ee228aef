import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aScan } from '../people-and-rights/uploads/testing.ts'
import { readContent } from './file-content.ts'

/** Read in pieces of so many bytes. */
const contentOf = (file: Buffer, piece = 512 * 1024) => {
  const content = readContent()
  for (let at = 0; at < file.length; at += piece) content.add(file.subarray(at, at + piece))
  return content.end()
}
const pdf = (inside: string) => Buffer.from(`%PDF-1.7\n${inside}\ntrailer\n%%EOF\n`, 'latin1')
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(3000, 7),
  Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]),
])
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3000, 7), Buffer.from([0xff, 0xd9])])

const taken: readonly [what: string, file: Buffer, type: string][] = [
  ['a PDF', pdf('1 0 obj << /Type /Catalog >> endobj'), 'application/pdf'],
  ['a PDF whose names only begin alike', pdf('/JSON /Launcher /Xfa /JavaScriptless'), 'application/pdf'],
  ['a PDF whose pixels hold a short name', pdf('<< /Length 9 >>\nstream\n/JS /XFA \nendstream'), 'application/pdf'],
  ['twenty megabytes of pixels', aScan(20 * 1024 * 1024), 'application/pdf'],
  ['a PNG', png, 'image/png'],
  ['a JPEG', jpeg, 'image/jpeg'],
]
for (const [what, file, type] of taken)
  test(`AGR-2, AGR-13: taken by its content: ${what}`, () => {
    for (const piece of file.length > 1e6 ? [512 * 1024] : [512 * 1024, 1, 7])
      assert.equal(contentOf(file, piece), type)
  })

const refused: readonly [what: string, file: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['a page of HTML', Buffer.from('<html><script>1</script></html>')],
  ['a program', Buffer.from('MZ\u0090 %PDF- %%EOF', 'latin1')],
  ['a PDF cut before its end', Buffer.from('%PDF-1.7\n1 0 obj')],
  ['a PNG cut before its end', png.subarray(0, -20)],
  ['a JPEG cut before its end', jpeg.subarray(0, -2)],
  ['an end too far from the last byte', Buffer.concat([pdf(''), Buffer.alloc(2000, 32)])],
  ['a script', pdf('<< /S /JavaScript /JS (app.alert(1)) >>')],
  ['a script by its short name alone', pdf('<< /JS (app.alert(1)) >>')],
  ['a script after pixels', pdf('<< >>\nstream\nxx\nendstream\n<< /JS (a) >>')],
  ['a script in a stream in clear', pdf('<< >>\nstream\n<< /S /JavaScript >>\nendstream')],
  ['a script whose name has codes for letters', pdf('<< /S /Java#53cript >>')],
  ['a script whose name has codes alone', pdf('<< /S /#4A#61#76#61#53#63#72#69#70#74 >>')],
  ['a script by its short name, in codes', pdf('<< /#4a#53 (app.alert(1)) >>')],
  ['files within, in codes', pdf('<< /#45#6D#62#65#64#64#65#64#46#69#6C#65#73 3 0 R >>')],
  ['a command', pdf('<< /S /Launch >>')],
  ['a file within', pdf('<< /EmbeddedFiles 3 0 R >>')],
  ['a form of its own', pdf('<< /XFA 3 0 R >>')],
  ['a film', pdf('<< /RichMedia 1 >>')],
]
for (const [what, file] of refused)
  test(`AGR-2, AGR-13: refused by its content: ${what}`, () => {
    for (const piece of [512 * 1024, 1, 5, 64]) assert.equal(contentOf(file, piece), null, `by ${piece}`)
  })

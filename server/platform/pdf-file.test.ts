import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlainPdf } from './pdf-file.ts'

const pdf = (body: string, end = '\ntrailer << /Size 1 >>\nstartxref\n9\n%%EOF\n') =>
  Buffer.from(`%PDF-1.7\n${body}${end}`, 'latin1')

test('SEC-6: a file is a PDF by its start and its end, and carries nothing that a reader would run', () => {
  assert.equal(isPlainPdf(pdf('1 0 obj << /Type /Catalog >> endobj')), true)
  assert.equal(isPlainPdf(pdf('é \u0000 \u00ff'.repeat(10_000))), true, 'bytes of any kind between')
  for (const [why, file] of [
    ['empty', Buffer.alloc(0)],
    ['only its name', Buffer.from('%PDF-')],
    ['no end', pdf('1 0 obj endobj', '')],
    ['an end too far from the end', pdf('', `%%EOF${' '.repeat(2000)}`)],
    ['another file', Buffer.from('<html>%PDF-1.7 %%EOF')],
    ['something before', Buffer.from(`MZ${pdf('').toString('latin1')}`, 'latin1')],
    ...[
      '/JavaScript (app.alert(1))',
      '/S /JavaScript /JS (x)',
      '/JS 4 0 R',
      '<< /S /Launch /F (cmd.exe) >>',
      '/Names << /EmbeddedFiles 3 0 R >>',
      '/Type /EmbeddedFile',
      '/Subtype /RichMedia',
      '/AcroForm << /XFA 5 0 R >>',
    ].map(body => [body, pdf(body)] as const),
  ] as const)
    assert.equal(isPlainPdf(file as Buffer), false, why as string)
  assert.equal(isPlainPdf(pdf('/JSON /Launcher /Xfa')), true, 'names that only begin alike')
})

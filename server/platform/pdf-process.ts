/**
 * A process of its own for one document (pdf.ts): the template and its data come in by the standard input, the PDF goes
 * out by the standard output.
 */
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const { template, data, madeAt } = JSON.parse(await text(process.stdin)) as {
  template: string
  data: unknown
  madeAt: number
}
const compiler = NodeCompiler.create({ inputs: { data: JSON.stringify(data) } })
const compiled = compiler.compile({ mainFileContent: template })
const document = compiled.result
if (!document) {
  console.error(JSON.stringify(compiled.takeError()?.shortDiagnostics))
  process.exit(1)
}
const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: madeAt })
for (let at = 0; at < pdf.length; ) at += writeSync(1, pdf, at)

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../testing/folder.ts'
import { registerFiles } from './stock-files.ts'

/** Two streams one after the other, as parallel compressors write them: three hundred lines, then one. */
const packed = Buffer.from(
  'QlpoOTFBWSZTWXTMiLIABovbgEAQQAB/4AAAqiwfRGAG/A+c2DXRbXbuLHZR215wCKeYpptKqaGTBAiqf5oHqSqEZMEwSUUPJ+pQBk/1Igiqn/' +
    '40qZGqmg0MEKaNAGgAAan6JNAqgAAmfNi36c4nDNJwqctScKnDKnCpzCpwqcRVIVOMqgVOQqhanGVQKnEVSFTmW9KF6ThnScKnLUnCpwypwqcw' +
    'qcKnEVSFTjKoFTkKoWpxlUCpxFUhU5hlThU5hU4VOIqkKnGVQKnIVQtTjKoFTiKpCpxV9UsYWErSx0xhKKs3ocpCcocpyh1WUP3wv5ZyZgiqtD' +
    'K3bPkYrVau5vhuBupN6Z7w3MzYepUWk+XqlqiXW1U5AmuWu1TO0JtufpFuqpxtCOwIsAKgaxk23sPEKWThicMjjPsnDE4YnOAFxOGJwdLmZPJr' +
    '1xbpoPDRjOZECAG2gxJuV7jjbLeyCDJvlKWcAmmmJtPAUUQwYjTECZMugtsxltAmZ3rfOcRv3eB3W6cTPC1GjrfOOZOEMAtXFMHnZYq616J4DI' +
    'gyo8CMCFTaoo3FPeNdOd9XN8LANqBrnuPLohsxL4d28Yk8UnvvSztCW4CDEbwENKNAtm3que77qq75gFR2MJMVMUcBnwqtsHX2Je6tjdVQNodq' +
    'DPl2A/Pr2NCY0MaGhgjMcHKQLImjAOnBAr24YBZy4IMBq8xUJ5ZHfnBe76UJD249tq+a5gTkmdALgzRhtm3vtIhxmy3pbbi228VOBsdmMrZZgz' +
    'IIrhHnPHXFy1VDVVMp6U2vas6h7u23dwZ+w521xsszrL6NUqKqpXGtF3cfWipXrkHxcH3vSaNYBtQN3VhbPDKWeFLPClPCUs7cMUDE4ActxQuJ' +
    'wTluDVNJmeD369I1vmBOSaLenmcOi9d3QHXVVnsm/bRu7e97QmJytCed52Zu7MYAASTGxMAnLUU8Cu01xvM7Rsu1TOzuztSpWS4P3ens4yAwpx' +
    'r+GZm9QJsXrlP70Mqqcn29vtta8EpjDMp8xO7JJe6Kqr3VwM+967r15EzDrq2+ZPmpI66UJCZjhJ3pFKBnNrXrVt25y+ZOLe3eUOUhqUhOUhyk' +
    'OUipTwOVJIgcpU46cpSvZ2bi7a9bXOc4ITk3kKoetZ8h3xRou8xapVXZ31bRr3u4OaCUTvzfWa43LWTPNyWzPFgHnRVHi6p05k1vBExQF0KF27' +
    'IrI6Wxua+W3jZ41ORtKoV5qzjVSklSiw2DHe2NmCTVmiQ6nghW98fl1xPnnLNG+ebao+QzaAmdthJkq3KTGCVHGsD3OcbeN2mpcbJ7qXaW7SMV' +
    'u9iYoISZu1cg5VRKIRJCzpbmtzUMnYcTFvvmgqkEjpmSSFJgntneQ4ltZgjLXnZ2hLa3drVycb27a7xdBp3ZPY/N23NYnBpuGJqGKQxOAnAxNw' +
    'CTicLk0INAwlOxktRYA1bYPd53qryafbKlZcgRvo3rXmLfOaXLt94b63y9gamlgLGnYCsY0xXF+rtybbdqvFL4PfAJCDbgEhBndwEhBnP3cEhB' +
    '+QkIJKFPRJSSc5NHerZtQMGCEUBGhZtQMsIALYAKgYHJCgMwMRVQMBGWUCNDCXMcHJAoA2oRDg4GUBkjEEuMBBo9AAXA2BUIKDLDR9qBgICiwC' +
    'yyXGkCkFmGBRaGB7CRBYG5TjDggFQGltZLg4EhZmZZn8/ou5IpwoSDpmRFkEJaaDkxQVkmU1m+iBohAAACWYAAEEAASAAuA5wEIAAiCYjDRCmA' +
    'AI87tBTYoDN3t/F3JFOFCQvogaIQ',
  'base64',
)
const text = `kc_siret|x\n${Array.from({ length: 300 }, (_, i) => `${i}|value ${i * i}\n`).join('')}300|second stream\n`
const folder = temporaryFolder()
const read = async (name: string, bytes: Buffer, after = 0) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const [file] = await registerFiles(path)
  const pieces: Buffer[] = []
  for await (const piece of (await file!.open(after)).stream) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('REC-1: a bz2 file is read as its text, of one stream or several, from the beginning or after so many bytes', async () => {
  assert.equal(await read('whole.bz2', packed), text)
  for (const after of [1, 11, 2_000, text.length - 3, text.length])
    assert.equal(await read('after.BZ2', packed, after), text.slice(after), `after ${after}`)
})

test('REC-1: a bz2 file that is cut or spoilt is an error, never a shorter file', async () => {
  for (const length of [5, 100, packed.length - 60, packed.length - 3])
    await assert.rejects(read('cut.bz2', packed.subarray(0, length)), Error, `cut at ${length}`)
  const spoilt = Buffer.from(packed)
  spoilt[200] = spoilt[200]! ^ 0x10
  await assert.rejects(read('spoilt.bz2', spoilt))
  await assert.rejects(read('text.bz2', Buffer.from('kc_siret|x\n1|a\n')))
})

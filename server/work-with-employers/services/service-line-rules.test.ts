import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readerOf } from './service-line-rules.ts'

const header = ['reference', 'siret', 'service', 'date_debut', 'date_fin', 'resultat', 'date_maj', 'candidat']
const sound = ['S-1', '24330116500011', 'Présélection', '2026-03-02', '', 'abouti', '', 'Nadia Essai']
const read = (over: Record<string, string> = {}, encoding: 'utf8' | 'latin1' = 'utf8') => {
  const fields = header.map((name, i) => Buffer.from(over[name] ?? sound[i]!, encoding))
  const starts = new Int32Array(header.length)
  const ends = new Int32Array(header.length)
  let at = 0
  for (const [i, field] of fields.entries()) {
    starts[i] = at
    at += field.length
    ends[i] = at
    at++
  }
  const line = Buffer.concat(fields.flatMap(field => [field, Buffer.from(';')]))
  return readerOf(header, '2026-12-01')(line, starts, ends)
}

test('REC-3: of a line seven facts are kept, and nothing of the person placed', () => {
  assert.deepEqual(read(), {
    reference: 'S-1',
    siret: 24330116500011,
    kind: 'preselection',
    usedOn: '2026-03-02',
    endedOn: null,
    result: 'abouti',
    saidOn: null,
  })
})

test('REC-3: a service and a result are read by code or by label, accents, capitals and quotes aside, in UTF-8 or Latin-1', () => {
  for (const [service, kind] of [
    ['conseil', 'conseil'],
    ['CONSEIL EN RECRUTEMENT', 'conseil'],
    ['PDP', 'promotion-profil'],
    ['"Présélection"', 'preselection'],
    ['Immersion (PMSMP)', 'pmsmp'],
    ['Job dating', 'evenement'],
    ['Contrat aidé', 'contrat-aide'],
    ['PEC', 'contrat-aide'],
  ] as const)
    for (const encoding of ['utf8', 'latin1'] as const) {
      const line = read({ service }, encoding)
      assert.equal(typeof line === 'string' ? line : line.kind, kind, `${service} ${encoding}`)
    }
  const results = ['', 'Sans suite', 'ANNULÉ'].map(resultat => {
    const line = read({ resultat })
    return typeof line === 'string' ? line : line.result
  })
  assert.deepEqual(results, ['non-connu', 'sans-suite', 'annule'])
  const dated = read({ date_debut: '02/03/2026', date_fin: '2026-03-20 08:00:00', date_maj: '01/12/2026' })
  assert.ok(typeof dated !== 'string')
  assert.deepEqual([dated.usedOn, dated.endedOn, dated.saidOn], ['2026-03-02', '2026-03-20', '2026-12-01'])
})

test('REC-3: what may not be kept is set aside with its reason; a reference that may be of a person too', () => {
  for (const [over, reason] of [
    [{ siret: '' }, 'no-siret'],
    [{ siret: '2433011650001' }, 'not-14-digits'],
    [{ siret: '24330116500012' }, 'wrong-siret-key'],
    [{ reference: '' }, 'no-service-reference'],
    [{ reference: 'Nadia Essai' }, 'no-service-reference'],
    [{ reference: 'nadia1@essai.example' }, 'no-service-reference'],
    [{ reference: '2850933063012' }, 'no-service-reference'],
    [{ reference: '285093306301234' }, 'no-service-reference'],
    [{ reference: '185022A00403612' }, 'no-service-reference'],
    [{ reference: '1-85-09-33-063-012' }, 'no-service-reference'],
    [{ reference: 'jean.dupont33' }, 'no-service-reference'],
    [{ reference: '12-rue-Pasteur' }, 'no-service-reference'],
    [{ reference: `S${'1'.repeat(40)}` }, 'no-service-reference'],
    [{ service: 'Autre' }, 'unknown-service'],
    [{ date_debut: '' }, 'unreadable-day'],
    [{ date_debut: '2026-02-30' }, 'unreadable-day'],
    [{ date_fin: 'demain' }, 'unreadable-day'],
    [{ date_debut: '1999-12-31' }, 'service-day-outside'],
    [{ date_debut: '2026-12-02' }, 'service-day-outside'],
    [{ date_maj: '2026-12-02' }, 'service-day-outside'],
    [{ date_fin: '2026-03-01' }, 'service-ended-before'],
    [{ service: 'AFPR', date_debut: '2024-07-01' }, 'service-of-the-past'],
    [{ resultat: 'Deux embauches' }, 'unknown-service-result'],
  ] as const)
    assert.equal(read(over), reason, JSON.stringify(over))
  const past = read({ service: 'afpr', date_debut: '2024-06-30' })
  assert.equal(typeof past === 'string' ? past : past.kind, 'afpr')
})

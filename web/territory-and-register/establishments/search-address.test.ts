import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hiresSought, serviceKinds } from '../../../contract/territory-and-register/sought.ts'
import { askedOf, hiresOf, hiresSaid, readFilters, servicesOf, servicesSaid } from './search-address.ts'

test('EST-2: the address is read as typed filters; what has no meaning is left aside and named', () => {
  assert.deepEqual(
    readFilters({
      q: 'bois',
      territoire: '243301165',
      activite: 'NAF25:16',
      taille: '10-49',
      nature: 'association',
      entreprise: 'tpe',
      employeur: 'non',
      etat: 'tous',
      vue: 'carte',
      autre: 'x',
    }),
    {
      filters: {
        q: 'bois',
        territoire: '243301165',
        activite: 'NAF25:16',
        taille: '10-49',
        nature: 'association',
        entreprise: 'tpe',
        employeur: 'non',
        etat: 'tous',
        vue: 'carte',
      },
      wrong: [],
    },
  )
  assert.deepEqual(
    readFilters({
      q: '  ',
      territoire: '99999999999',
      activite: '<script>',
      taille: '12',
      nature: 'publique',
      entreprise: 'PME',
      engagement: 'charte',
      employeur: 'true',
      etat: 'actif',
      vue: 'liste',
    }),
    {
      filters: {},
      wrong: ['territoire', 'activite', 'taille', 'nature', 'entreprise', 'engagement', 'employeur', 'etat'],
    },
  )
  assert.equal(readFilters({ q: 'x'.repeat(500) }).filters.q?.length, 120)
  assert.deepEqual(readFilters({ territoire: '', taille: '' }), { filters: {}, wrong: [] })
})

test('EST-2: the living are asked for unless one says otherwise or a number names one', () => {
  assert.deepEqual(askedOf({ q: ' bois ' }, '2026-11-28'), { q: 'bois', active: true })
  assert.deepEqual(askedOf({ q: 'bois', etat: 'tous', employeur: 'non' }, '2026-11-28'), { q: 'bois', employer: false })
  assert.deepEqual(askedOf({ q: '732 829 320' }, '2026-11-28'), { q: '732 829 320' })
  assert.deepEqual(askedOf({ territoire: '2033', etat: 'fermes', taille: '200+' }, '2026-11-28'), {
    territory: 2033,
    size: '200+',
    active: false,
  })
  assert.deepEqual(askedOf({ territoire: '2033', nature: 'public', entreprise: 'unknown' }, '2026-11-28'), {
    territory: 2033,
    legalNature: 'public',
    companySize: 'unknown',
    active: true,
  })
  const engagement = 'f0000000-0000-4000-8000-000000000001'
  assert.deepEqual(readFilters({ engagement }), { filters: { engagement }, wrong: [] })
  assert.deepEqual(askedOf({ q: 'bois', engagement }, '2026-11-28'), {
    q: 'bois',
    commitment: engagement,
    active: true,
  })
  assert.equal(askedOf({ taille: '200+' }, '2026-11-28'), undefined, 'filters alone would be the whole country')
})

test('EST-2: the last contact and the campaign are said in the address; « depuis-90 » counts its days from today', () => {
  const campagne = '0193a000-0000-7000-8000-0000000000f2'
  const asked = (over: object) => {
    const { filters, wrong } = readFilters({ q: 'bois', etat: 'tous', ...over })
    assert.deepEqual(wrong, [])
    const { q: _, ...rest } = askedOf(filters, '2026-11-28')!
    return rest
  }
  for (const [said, expected] of [
    [{ contact: 'jamais' }, { neverContacted: true }],
    [{ contact: 'depuis-90' }, { contactedSince: '2026-08-30' }],
    [{ contact: 'avant-180' }, { contactedBefore: '2026-06-01' }],
    [{ contact: 'avant-2026-05-01' }, { contactedBefore: '2026-05-01' }],
    [{ campagne: 'oui' }, { campaign: 'any' }],
    [{ campagne: 'aucune' }, { campaign: 'none' }],
    [{ campagne: 'moi' }, { campaign: 'mine' }],
    [{ campagne }, { campaign: campagne }],
  ] as const)
    assert.deepEqual(asked(said), expected)
  for (const contact of [
    'hier',
    'avant',
    'avant-',
    'depuis-2026-02-30',
    'depuis-0002-10-10',
    'depuis-12345',
    'pendant-90',
    'toString',
  ])
    assert.deepEqual(readFilters({ contact }), { filters: {}, wrong: ['contact'] })
  for (const campagne of ['non', 'toString', '12'])
    assert.deepEqual(readFilters({ campagne }), { filters: {}, wrong: ['campagne'] })
})

test('EST-2, CAM-10: hires and needs are said in the address in words; « cdi-5 »: five at least', () => {
  const asked = (over: Record<string, string>) => {
    const { filters, wrong } = readFilters({ q: 'bois', etat: 'tous', ...over })
    assert.deepEqual(wrong, [])
    const { q: _, ...rest } = askedOf(filters, '2026-11-28')!
    return rest
  }
  assert.deepEqual(asked({ embauches: 'cdi-5' }), { hires: 'cdi', hiresAtLeast: 5 })
  assert.deepEqual(asked({ embauches: 'durables-99999' }), { hires: 'durable', hiresAtLeast: 99_999 })
  assert.deepEqual(asked({ attendues: '20' }), { expectedHires: 20 })
  for (const attendues of ['0', '-1', '100000', 'dix', '5 '])
    assert.deepEqual(readFilters({ attendues }), { filters: {}, wrong: ['attendues'] }, attendues)
  assert.deepEqual(asked({ besoin: 'en-cours' }), { need: 'any' })
  assert.deepEqual(asked({ besoin: 'recrutement' }), { need: 'recrutement' })
  for (const hires of hiresSought) {
    const said = hiresSaid(hires, 12)
    assert.deepEqual(hiresOf(said), { hires, atLeast: 12 })
    assert.match(said, /^[a-z-]+-12$/)
  }
  for (const embauches of ['cdi', 'cdi-0', 'cdi--1', 'cdi-100000', 'toString-1', 'any-1', 'CDI-5', 'cdi-5 '])
    assert.deepEqual(readFilters({ embauches }), { filters: {}, wrong: ['embauches'] }, embauches)
  for (const besoin of ['oui', 'toString', 'any'])
    assert.deepEqual(readFilters({ besoin }), { filters: {}, wrong: ['besoin'] })
})

test('EST-2, REC-3, CAM-10: services used are said in the address in words; « oui-12 »: over the twelve months that end that day', () => {
  const asked = (services: string) => {
    const { filters, wrong } = readFilters({ q: 'bois', etat: 'tous', services })
    assert.deepEqual(wrong, [])
    const { q: _, ...rest } = askedOf(filters, '2026-11-28')!
    return rest
  }
  assert.deepEqual(asked('oui'), { servicesUsedSince: '2000-01-01' })
  assert.deepEqual(asked('oui-12'), { servicesUsedSince: '2025-11-29' })
  assert.deepEqual(asked('non-6-pmsmp'), { service: 'pmsmp', servicesNotUsedSince: '2026-05-29' })
  assert.deepEqual(asked('non-redaction-offre'), { service: 'redaction-offre', servicesNotUsedSince: '2000-01-01' })
  for (const used of [true, false])
    for (const months of [undefined, 1, 12, 120])
      for (const kind of [undefined, ...serviceKinds])
        assert.deepEqual(servicesOf(servicesSaid({ used, months, kind })), {
          used,
          ...(months ? { months } : {}),
          ...(kind ? { kind } : {}),
        })
  for (const services of ['peut-etre', 'oui-0', 'oui-121', 'oui-12-', 'non-toString', 'oui--mrs', 'OUI', 'oui-mrs-12'])
    assert.deepEqual(readFilters({ services }), { filters: {}, wrong: ['services'] }, services)
})

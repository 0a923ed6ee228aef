import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'

type As = <T>(person: StandInPerson, method: 'GET' | 'POST', path: string, body?: object) => Promise<T>
interface Deed {
  readonly id: string
}

/**
 * Who manages whose accounts: two structures whose gate is open, and one whose second deed, after a refusal, awaits the
 * operator's answer. And an account that was blocked, and is no more.
 */
export const layAccountManagers = async (as: As, today: string) => {
  const propose = (
    by: StandInPerson,
    address: string,
    title: string,
    ...named: readonly (readonly [StandInPerson, 'titulaire' | 'suppleant', string])[]
  ) =>
    as<Deed>(by, 'POST', '/rgc/deeds', {
      address,
      signatoryId: by.accountId,
      signatoryTitle: title,
      conditionsGiven: true,
      members: named.map(([p, position, bornOn], n) => ({
        position,
        givenName: p.givenName,
        familyName: p.usualName,
        bornOn,
        telephone: `05 00 00 00 ${10 + n}`,
        email: p.email,
        staff: 'permanent',
      })),
    })
  const sign = (person: StandInPerson, deed: Deed) => as(person, 'POST', `/rgc/deeds/${deed.id}/sign`)
  const certificate = (person: StandInPerson) =>
    as(people.odile, 'POST', '/rgc/certificates', {
      accountId: person.accountId,
      issuedOn: today,
      fileName: 'attestation-module-rgc.pdf',
      content: Buffer.from('%PDF-1.7\n% Attestation de démonstration\n%%EOF\n').toString('base64'),
    })

  const jalle = await propose(people.gilles, '2 place de la Jalle, 33650 La Brède', 'Vice-président', [
    people.maite,
    'titulaire',
    '1974-05-12',
  ])
  await sign(people.maite, jalle)
  await sign(people.gilles, jalle)
  await certificate(people.maite)

  const mission = await propose(people.bruno, '14 rue des Graves, 33140 Cadaujac', 'Directeur', [
    people.bruno,
    'titulaire',
    '1969-11-03',
  ])
  await sign(people.bruno, mission)
  await certificate(people.bruno)

  for (const refusal of ['La personne désignée n’est pas joignable au numéro indiqué.', null]) {
    const plie = await propose(
      people.paul,
      '7 avenue des Portes, 33140 Villenave-d’Ornon',
      `Directeur du ${organisations.plie.name}`,
      [people.paul, 'titulaire', '1981-02-28'],
    )
    await sign(people.paul, plie)
    if (refusal) await as(people.odile, 'POST', `/rgc/deeds/${plie.id}/decision`, { kind: 'refus', reason: refusal })
  }

  const block = await as<{ id: string }>(people.odile, 'POST', '/security/blocks', {
    accountId: people.karim.accountId,
    reason: 'Téléphone professionnel déclaré perdu, session peut-être ouverte',
    incident: 'INC-2026-041',
  })
  await as(people.odile, 'POST', `/security/blocks/${block.id}/lift`, {
    verdict: 'Téléphone retrouvé, aucun accès constaté, second facteur remplacé.',
  })
}

import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import type { ActingPeople } from './acting.ts'

type As = <T>(person: StandInPerson, method: 'GET' | 'POST', path: string, body?: object) => Promise<T>
interface Deed {
  readonly id: string
  readonly digest: string
  readonly members: readonly { readonly person: { readonly id: string } }[]
}

/**
 * Who manages whose accounts: two structures whose gate is open, and one whose second deed, after a refusal, awaits the
 * operator's answer. And an account that was blocked, and is no more.
 */
export const layAccountManagers = async (as: As, sent: ActingPeople['sent'], today: string) => {
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
  const sign = (person: StandInPerson, deed: Deed) =>
    as(person, 'POST', `/rgc/deeds/${deed.id}/sign`, { digest: deed.digest })
  const certificate = async (person: StandInPerson) =>
    as(people.odile, 'POST', '/rgc/certificates', {
      accountId: person.accountId,
      issuedOn: today,
      file: await sent(
        people.odile,
        'attestation-module-rgc.pdf',
        Buffer.from('%PDF-1.7\n% Attestation de démonstration\n%%EOF\n'),
      ),
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

  const plie = (named: StandInPerson, bornOn: string) =>
    propose(people.paul, '7 avenue des Portes, 33140 Villenave-d’Ornon', `Directeur du ${organisations.plie.name}`, [
      named,
      'titulaire',
      bornOn,
    ])
  // A colleague who has no account yet: the deed opens it.
  const helene = {
    ...people.paul,
    id: '7d3a1c50-2f4e-4b8a-9c00-000000000099',
    accountId: null,
    givenName: 'Hélène',
    usualName: 'Castet',
    email: 'helene.castet@plie-portes-du-sud.example',
  }
  const first = await plie(helene, '1990-07-14')
  await sign({ ...helene, accountId: first.members[0]!.person.id }, first)
  await sign(people.paul, first)
  await as(people.odile, 'POST', `/rgc/deeds/${first.id}/decision`, {
    kind: 'refus',
    reason: 'La personne désignée quitte la structure à la fin du mois.',
  })
  const second = await plie(people.paul, '1981-02-28')
  await sign(people.paul, second)

  const block = await as<{ id: string }>(people.odile, 'POST', '/security/blocks', {
    accountId: people.karim.accountId,
    reason: 'Téléphone professionnel déclaré perdu, session peut-être ouverte',
    incident: 'INC-2026-041',
  })
  await as(people.odile, 'POST', `/security/blocks/${block.id}/lift`, {
    verdict: 'Téléphone retrouvé, aucun accès constaté, second facteur remplacé.',
  })
}

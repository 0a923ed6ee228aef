/**
 * The demonstration's conventions, as they would have been drafted and signed: their documents are composed from the
 * template shipped; one partner gave notice, and another convention is being prepared for it.
 */
import { sql } from 'kysely'
import { render } from '../../contract/agreement/template.ts'
import { annexRoles } from '../../contract/notices.ts'
import { insertContact } from '../../server/agreement/conventions/contacts.queries.ts'
import {
  insertConvention,
  insertDocument,
  insertSignature,
  loadConvention,
  type SignatoryRow,
  saveClock,
  saveSent,
  saveSignatory,
} from '../../server/agreement/conventions/conventions.queries.ts'
import { noticeEnd } from '../../server/agreement/conventions/deadlines.ts'
import { insertNotice } from '../../server/agreement/conventions/letters.queries.ts'
import { printed, valuesOf } from '../../server/agreement/conventions/template-rules.ts'
import { shippedTemplate } from '../../server/agreement/templates/shipped-template.ts'
import { organisations, people } from '../../server/demonstration/stand-in/people.ts'
import type { Db } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { type MakePdf, pdfMaker } from '../../server/platform/pdf.ts'
import { addDays } from '../../server/platform/time.ts'
import { annex } from './texts-and-tools.ts'

const { jalleEauBourde, missionLocale, plie, montesquieu, franceTravail } = organisations
const partners = [jalleEauBourde, missionLocale, plie, montesquieu]
const signatories: Record<string, { name: string; capacity: string; act: string }> = {
  jalleEauBourde: {
    name: 'Gilles Arnaudin',
    capacity: 'vice-président',
    act: 'Délibération n° 2025-118 du conseil communautaire',
  },
  montesquieu: {
    name: 'Régine Soulac',
    capacity: 'présidente',
    act: 'Délibération n° 2025-204 du conseil communautaire',
  },
  missionLocale: { name: 'Bruno Pémartin', capacity: 'directeur', act: 'Délégation du conseil d’administration' },
  plie: { name: 'Aline Castera', capacity: 'présidente', act: 'Délibération du conseil d’administration' },
}
const authority = (
  party: 'partenaire' | 'operateur',
  key: string,
  local: boolean,
): Omit<SignatoryRow, 'party' | 'actDocumentId'> =>
  party === 'operateur'
    ? {
        name: 'Sylvie Barrère',
        capacity: 'directrice régionale par délégation',
        act: 'Délégation de signature n° 2025-07',
        actOn: '2025-09-01',
        localAuthority: false,
        prefectureOn: null,
        publishedOn: null,
        designatesRgc: false,
      }
    : {
        ...signatories[key]!,
        actOn: '2025-12-11',
        localAuthority: local,
        prefectureOn: local ? '2025-12-15' : null,
        publishedOn: local && key !== 'montesquieu' ? '2025-12-16' : null,
        designatesRgc: false,
      }

/** Those of annex 2, on both sides. */
const layContacts = async (db: Db, regionId: number, startsAt: Date, leftAt: Date) => {
  const contact = (
    organisationId: string,
    party: 'partenaire' | 'operateur',
    role: Parameters<typeof insertContact>[1]['role'],
    name: string,
    email: string,
    phone: string | null = null,
  ) =>
    insertContact(db, {
      id: uuidv7(),
      organisationId,
      party,
      regionId: party === 'operateur' ? regionId : null,
      role,
      name,
      email,
      phone,
      startsAt,
      recordedBy: null,
    })
  await contact(
    franceTravail.id,
    'operateur',
    'gouvernance',
    'Sylvie Barrère',
    'sylvie.barrere@operateur.example',
    '+33556000010',
  )
  await contact(
    franceTravail.id,
    'operateur',
    'cssi',
    'Odile Marchand',
    'odile.marchand@operateur.example',
    '+33556000011',
  )
  await contact(franceTravail.id, 'operateur', 'support', 'Assistance aux partenaires', 'assistance@operateur.example')
  await contact(franceTravail.id, 'operateur', 'dpd', 'Protection des données', 'dpd@operateur.example')
  await contact(jalleEauBourde.id, 'partenaire', 'gouvernance', 'Gilles Arnaudin', people.gilles.email, '+33556000020')
  await contact(jalleEauBourde.id, 'partenaire', 'responsable-operationnel', 'Inès Garat', people.ines.email)
  await contact(jalleEauBourde.id, 'partenaire', 'correspondant-si', 'Maïté Harispe', people.maite.email)
  await contact(jalleEauBourde.id, 'partenaire', 'dpd', 'Protection des données', 'dpd@jalle-eau-bourde.example')
  await contact(missionLocale.id, 'partenaire', 'gouvernance', 'Bruno Pémartin', people.bruno.email)
  await contact(montesquieu.id, 'partenaire', 'gouvernance', 'Régine Soulac', 'presidence@montesquieu.example')
  // Each convention was signed with its annexes complete; those whose role nobody holds today left since.
  // Montesquieu's next one is prepared: its contacts stay.
  const held = await db.all(
    sql<{ organisationId: string; role: string }>`select organisation_id, role from convention_contacts`,
  )
  for (const [party, sides] of [
    ['partenaire', partners],
    ['operateur', [franceTravail]],
  ] as const)
    for (const { id } of sides)
      for (const role of annexRoles[party])
        if (!held.some(one => one.organisationId === id && one.role === role))
          await contact(id, party, role, 'Titulaire du rôle', `${role}@parti.example`)
  await db.run(sql`update convention_contacts set ends_at = ${leftAt}::timestamptz where email like '%@parti.example' and
      organisation_id <> all (${[montesquieu.id, franceTravail.id]}::uuid[])`)
}
/** The document of a convention, composed from the template shipped. */
const layDocument = async (db: Db, makePdf: MakePdf, id: string, n: number, madeAt: Date) => {
  const loaded = (await loadConvention(db, id))!
  const data = printed(
    loaded,
    shippedTemplate.title,
    render(shippedTemplate.body, valuesOf(loaded, annex, madeAt)),
    madeAt,
  )
  const bytes = await makePdf({
    template: new URL('../../server/agreement/conventions/convention.typ', import.meta.url),
    data,
    madeAt: madeAt,
    askedBy: 'demonstration',
  })
  const documentId = uuidv7()
  const sha256 = Buffer.from(
    await insertDocument(db, {
      id: documentId,
      conventionId: id,
      kind: 'convention',
      name: `Convention n° 75-2026-00${n + 1}`,
      mediaType: 'application/pdf',
      bytes,
      ofVersion: 1,
      addedAt: madeAt,
      addedBy: null,
    }),
    'hex',
  )
  return { documentId, sha256 }
}
/** The one being prepared for who gave notice. */
const layNextConvention = async (db: Db, regionId: number, createdAt: Date) => {
  const draft = uuidv7()
  await insertConvention(db, {
    id: draft,
    organisationId: montesquieu.id,
    regionId,
    number: '75-2027-001',
    createdAt,
    effectiveFrom: null,
    firstTermOn: '2027-12-31',
  })
  await saveSignatory(db, draft, 'partenaire', {
    ...authority('partenaire', 'montesquieu', true),
    act: null,
    actOn: null,
    prefectureOn: null,
    publishedOn: null,
    designatesRgc: false,
  })
  await saveSignatory(db, draft, 'operateur', authority('operateur', '', false))
}

/** In force from `effectiveFrom`, in the transaction that lays the organisations and their people. */
export const layConventions = async (db: Db, regionId: number, effectiveFrom: Date, today: string): Promise<void> => {
  const day = (days: number) => new Date(effectiveFrom.getTime() + days * 86_400_000)
  await layContacts(db, regionId, day(-5), day(1))
  const makePdf = pdfMaker({ waitingAtMost: 10 })
  const local = (kind: string) => kind === 'epci'
  for (const [n, { id: organisationId, key, kind }] of partners.entries()) {
    const id = uuidv7()
    await insertConvention(db, {
      id,
      organisationId,
      regionId,
      number: `75-2026-00${n + 1}`,
      createdAt: day(-24),
      effectiveFrom: null,
      firstTermOn: '2026-12-31',
    })
    for (const party of ['partenaire', 'operateur'] as const)
      await saveSignatory(db, id, party, authority(party, key, local(kind)))
    const { documentId, sha256 } = await layDocument(db, makePdf, id, n, day(-4))
    await saveSent(db, id, day(-4), documentId, null)
    for (const [party, signedAt] of [
      ['partenaire', day(-3)],
      ['operateur', effectiveFrom],
    ] as const) {
      await insertSignature(db, {
        id: uuidv7(),
        conventionId: id,
        amendmentId: null,
        party,
        documentId,
        sha256,
        how: 'application',
        signedDocumentId: null,
        signedDocumentSha256: null,
        signerName: party === 'operateur' ? 'Sylvie Barrère' : signatories[key]!.name,
        signedAt,
        recordedAt: signedAt,
        accountId: null,
        enteredByOther: false,
      })
    }
    const receivedOn = key === 'montesquieu' ? addDays(today, -6) : null
    if (receivedOn !== null)
      await insertNotice(db, {
        id: uuidv7(),
        conventionId: id,
        party: 'partenaire',
        channel: 'courrier',
        sentOn: addDays(today, -8),
        receivedOn,
        documentId: null,
        enteredByOther: false,
        told: { partenaire: ['sentOn', 'receivedOn'], operateur: [] },
        recordedAt: new Date(`${receivedOn}T10:00:00Z`),
        recordedBy: null,
      })
    await saveClock(db, id, effectiveFrom, receivedOn === null ? null : noticeEnd(receivedOn))
  }
  await layNextConvention(db, regionId, day(0))
}

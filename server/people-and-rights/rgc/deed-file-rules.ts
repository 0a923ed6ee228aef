import { dayInWords } from '../../platform/french.ts'
import { siretText } from '../../platform/siret.ts'

const paris = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'medium' })

export interface SignedDeed {
  readonly organisationName: string
  readonly siret: number
  readonly address: string
  readonly signatory: { readonly name: string }
  readonly signatoryTitle: string
  readonly signatorySignedAt: Date | null
  readonly digest: Buffer
  readonly convention: { readonly number: string } | null
  readonly commitments: readonly string[] | null
  readonly conditionsTitle: string | null
  readonly conditionsVersion: number | null
  readonly conditionsHash: Buffer | null
  readonly sentAt: Date | null
  readonly paper: { readonly signedOn: string; readonly receivedOn: string } | null
  readonly members: readonly {
    readonly position: 'titulaire' | 'suppleant'
    readonly givenName: string
    readonly familyName: string
    readonly bornOn: string | null
    readonly telephone: string
    readonly email: string
    readonly signedAt: string | null
  }[]
}
const hexOf = (digest: Buffer) => digest.toString('hex').replaceAll(/(.{8})(?=.)/g, '$1 ')
/** What each engages in, as the deed said it when it was signed; none in those signed before. */
const engagements = (deed: SignedDeed) =>
  deed.commitments === null
    ? []
    : [
        { title: 'Engagements', text: deed.commitments, facts: [] },
        {
          title: 'Conditions générales d’accès',
          text: [
            'La structure les a remises à chaque personne désignée, qui s’engage à les respecter et à les faire respecter.',
          ],
          facts: [
            ['Texte', `${deed.conditionsTitle}, version ${deed.conditionsVersion}`],
            ['Empreinte du texte (SHA-256)', hexOf(deed.conditionsHash!)],
          ],
        },
      ]

/** How and when one signed: by hand, the scan that the CSSI keeps shows it. */
const signed = ({ paper }: SignedDeed, at: Date | string | null) =>
  paper
    ? `à la main, sur l’exemplaire daté du ${dayInWords(paper.signedOn)}`
    : `par second facteur, le ${paris.format(new Date(at!))} (heure de Paris)`

/**
 * The deed as a document: what was signed, the signatures, and the digest that each of them covers. A date of birth
 * that the reader may not read is masked: their copy says so.
 */
export const deedDocument = (deed: SignedDeed) => ({
  title: 'Acte d’engagement du responsable de gestion de comptes (RGC)',
  author: deed.organisationName,
  lead: `${deed.organisationName} désigne, pour l’usage des outils communs, les personnes ci-après (convention${deed.convention ? ` ${deed.convention.number}` : ''}, annexe 1 bis).${deed.commitments === null ? ' Chacune déclare avoir reçu les conditions générales d’accès et s’engage à les respecter et à les faire respecter.' : ''}`,
  footer: deed.paper
    ? `Acte signé à la main, reçu par le correspondant sécurité de l’opérateur le ${dayInWords(deed.paper.receivedOn)}, enregistré le ${paris.format(deed.sentAt!)} (heure de Paris)`
    : `Acte reçu par le correspondant sécurité de l’opérateur le ${paris.format(deed.sentAt!)} (heure de Paris)`,
  sections: [
    {
      title: 'La structure',
      text: [],
      facts: [
        ['Nom', deed.organisationName],
        ['SIRET', siretText(deed.siret)],
        ['Adresse', deed.address],
        ['Signataire', `${deed.signatory.name}, ${deed.signatoryTitle}`],
      ],
    },
    ...engagements(deed),
    ...deed.members.map(m => ({
      title: `${m.givenName} ${m.familyName}, ${m.position === 'titulaire' ? 'titulaire' : 'suppléant'}`,
      text: [],
      facts: [
        ['Date de naissance', m.bornOn === null ? 'masquée dans cette copie' : dayInWords(m.bornOn)],
        ['Téléphone', m.telephone],
        ['Adresse électronique', m.email],
        ['Personnel permanent de la structure', 'oui'],
        ['Signature', signed(deed, m.signedAt)],
      ],
    })),
    {
      title: 'Signature de la structure',
      text: [],
      facts: [
        ['Signataire', `${deed.signatory.name}, ${deed.signatoryTitle}`],
        ['Signature', signed(deed, deed.signatorySignedAt)],
        [
          deed.paper ? 'Empreinte de l’exemplaire numérisé (SHA-256)' : 'Empreinte de ce qui est signé (SHA-256)',
          hexOf(deed.digest),
        ],
      ],
    },
  ],
})

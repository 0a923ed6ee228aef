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
  readonly sentAt: Date | null
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
/** The deed as a document: only what was signed, the signatures, and the digest that each of them covers. */
export const deedDocument = (deed: SignedDeed) => ({
  title: 'Acte d’engagement du responsable de gestion de comptes (RGC)',
  author: deed.organisationName,
  lead: `${deed.organisationName} désigne, pour l’usage des outils communs, les personnes ci-après (convention, annexe 1 bis). Chacune déclare avoir reçu les conditions générales d’accès et s’engage à les respecter et à les faire respecter.`,
  footer: `Acte reçu par le correspondant sécurité de l’opérateur le ${paris.format(deed.sentAt!)} (heure de Paris)`,
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
    ...deed.members.map(m => ({
      title: `${m.givenName} ${m.familyName}, ${m.position === 'titulaire' ? 'titulaire' : 'suppléant'}`,
      text: [],
      facts: [
        ['Date de naissance', dayInWords(m.bornOn!)],
        ['Téléphone', m.telephone],
        ['Adresse électronique', m.email],
        ['Personnel permanent de la structure', 'oui'],
        ['Signature', `par second facteur, le ${paris.format(new Date(m.signedAt!))} (heure de Paris)`],
      ],
    })),
    {
      title: 'Signature de la structure',
      text: [],
      facts: [
        ['Signataire', `${deed.signatory.name}, ${deed.signatoryTitle}`],
        ['Signature', `par second facteur, le ${paris.format(deed.signatorySignedAt!)} (heure de Paris)`],
        ['Empreinte de ce qui est signé (SHA-256)', deed.digest.toString('hex').replaceAll(/(.{8})(?=.)/g, '$1 ')],
      ],
    },
  ],
})

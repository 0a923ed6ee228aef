import type { DataCategory, Tool } from '../../../contract/route.ts'
import { dataCategoryWords, toolWords } from '../../../contract/words.ts'
import type { Notice, PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'
import { invitedBy } from '../../signing-in/invitations/invitation.ts'

const list = new Intl.ListFormat('fr', { type: 'conjunction' })
const named = (tools: readonly Tool[]) => list.format(tools.map(tool => `« ${toolWords[tool]} »`))
const namedCategories = (categories: readonly DataCategory[]) =>
  list.format(categories.map(category => `« ${dataCategoryWords[category]} »`))

interface Annex {
  readonly id: string
  readonly number: number
  readonly inForceFrom: Date
}
const annexNotice = ({ id, number }: Annex, what: string, text: readonly string[]) =>
  ({
    kind: 'annex-4-changed',
    subject: `Annexe 4 de la convention : version ${number} ${what}`,
    path: '/outils',
    about: ['annex-4', id],
    text: text.join('\n\n'),
  }) satisfies Notice
type Changing = Annex & {
  readonly note: string
  readonly opened: readonly Tool[]
  readonly withdrawn: readonly Tool[]
  /** Of the tools that stay. */
  readonly categories: { readonly opened: readonly DataCategory[]; readonly closed: readonly DataCategory[] }
}
const day = (instant: Date) => dayInWords(parisDay(instant))
const changes = ({ opened, withdrawn, categories }: Changing) => [
  ...(opened.length > 0 ? [`Outils ouverts : ${named(opened)}.`] : []),
  ...(withdrawn.length > 0
    ? [
        `Outils retirés : ${named(withdrawn)}. Les habilitations de vos agents pour ces outils prennent fin à cet instant.`,
      ]
    : []),
  ...(categories.opened.length > 0 ? [`Catégories de données ouvertes : ${namedCategories(categories.opened)}.`] : []),
  ...(categories.closed.length > 0
    ? [
        `Catégories de données fermées : ${namedCategories(categories.closed)}. À cet instant, vos agents n’y lisent et n’y enregistrent plus rien ; ce qui est déjà noté est conservé.`,
      ]
    : []),
]
/** The operator changes annex 4 alone, and tells the other parties at once (convention, art. 10). */
export const publishedNotice = (annex: Changing) =>
  annexNotice(annex, 'publiée', [
    `L’opérateur a publié la version ${annex.number} de l’annexe 4, qui liste les outils communs. Elle prend effet le ${day(annex.inForceFrom)}. Ce qui change : ${annex.note}`,
    ...changes(annex),
  ])
/** What it says was told at its publication: told again, days before (AGR-6). */
export const toComeNotice = (annex: Changing) =>
  ({
    ...annexNotice(annex, 'à venir', [
      `La version ${annex.number} de l’annexe 4, qui liste les outils communs, prend effet le ${day(annex.inForceFrom)}. Ce qui change : ${annex.note}`,
      ...changes(annex),
    ]),
    kind: 'annex-4-to-come',
  }) satisfies Notice

export interface ToolClosing {
  readonly accountId: string
  readonly versionId: string
  readonly closesAt: Date
  readonly tools: readonly Tool[]
  /** Of the tools that stay. */
  readonly categories: readonly DataCategory[]
  /** It was told, and the version that withdrew them is cancelled since. */
  readonly cancelled: boolean
}
const closingSubject = ({ tools, closesAt }: ToolClosing): string => {
  const what =
    tools.length > 1
      ? 'Des outils communs ferment'
      : tools.length === 1
        ? 'Un outil commun ferme'
        : 'Des données communes ferment'
  return `${what} le ${day(closesAt)}`
}
const closingText = ({ tools, categories, closesAt }: ToolClosing): string => {
  const several = tools.length > 1
  return [
    ...(tools.length > 0
      ? [
          `${named(tools)} ${several ? 'ne feront' : 'ne fera'} plus partie des outils communs (annexe 4 de la convention) à partir du ${day(closesAt)}. Vos habilitations pour ${several ? 'ces outils' : 'cet outil'} prendront fin à cet instant ; les autres ne changent pas.`,
        ]
      : []),
    ...(categories.length > 0
      ? [
          `L’annexe 4 n’ouvrira plus ces données à partir du ${day(closesAt)} : ${namedCategories(categories)}. Vous ne pourrez plus les lire ni les remplir ; ce qui est déjà noté est conservé, et vos habilitations continuent.`,
        ]
      : []),
  ].join('\n\n')
}
/**
 * AGR-6: whoever holds a grant of a tool that closes, or of which a category of data closes, is told too, days before; or that
 * it does not close after all.
 */
export const closingMail = (closing: ToolClosing): PersonMail => {
  const { accountId, versionId, closesAt, cancelled } = closing
  return {
    kind: cancelled ? 'tool-stays' : 'tool-closing',
    to: { accountId },
    about: ['annex-4', versionId],
    path: '/mes-droits',
    subject: cancelled ? 'Une fermeture annoncée est annulée' : closingSubject(closing),
    text: cancelled
      ? `La version de l’annexe 4 qui devait fermer un outil commun, ou des données, le ${day(closesAt)} est annulée : vos habilitations continuent.`
      : closingText(closing),
    why: 'vous avez une habilitation pour un outil que l’annexe 4 de la convention change',
  }
}
/** `noneStands`: no version is left. */
export const cancelledNotice = (annex: Annex, reason: string, noneStands: boolean) =>
  annexNotice(annex, 'annulée', [
    `L’opérateur a annulé la version ${annex.number} de l’annexe 4. ${
      noneStands
        ? 'Aucun outil n’est ouvert d’ici à la prochaine version : les habilitations l’attendent, sans prendre fin.'
        : 'La version précédente continue, avec ses catégories de données et les habilitations que l’annulée avait closes.'
    } Motif : ${reason}`,
  ])

/** Whoever is designated is told, and how to come in (POR-7). */
export const requesterMail = (accountId: string, organisationName: string, invitation: string | null): PersonMail => ({
  kind: 'access-requester-named',
  to: { accountId },
  subject: 'Vous demandez l’accès pour votre structure',
  path: invitation ?? '/demandes-d-acces',
  about: ['account', accountId],
  why: 'le signataire de votre structure vous a désigné pour demander son accès à la plateforme',
  text: [
    `Le signataire de « ${organisationName} » vous désigne : vous seul demandez l’accès de votre structure à la plateforme.`,
    `Connectez-vous par ProConnect avec cette adresse${invitation ? invitedBy : ''}, puis dites combien de personnes sont à habiliter.`,
  ].join('\n\n'),
})

export const requestedNotice = (requestId: string, organisationName: string, people: number): Notice => ({
  kind: 'access-requested',
  subject: 'Une structure demande l’accès à la plateforme',
  path: '/demandes-d-acces',
  about: ['access-request', requestId],
  text: `La structure « ${organisationName} » demande l’accès à la plateforme, pour ${people === 1 ? 'une personne' : `${people} personnes`} en prévision. La demande attend votre réponse, avec son motif.`,
})
/** An accepted request leads to what opens the access: the convention to prepare, or the accounts to open (POR-7). */
export const acceptedNotice = (request: {
  readonly id: string
  readonly organisationName: string
  readonly people: number
  readonly inForce: boolean
}): Notice => ({
  kind: 'access-accepted',
  subject: 'Une demande d’accès à la plateforme est acceptée',
  about: ['access-request', request.id],
  path: request.inForce
    ? {
        'partenaire:rgc': '/habilitations/personnes/nouvelle',
        partenaire: '/demandes-d-acces',
        operateur: '/conventions',
      }
    : { partenaire: '/conventions', operateur: '/conventions/nouvelle' },
  text: `L’opérateur accepte la demande d’accès de la structure « ${request.organisationName} », pour ${request.people === 1 ? 'une personne' : `${request.people} personnes`} en prévision.\n\n${request.inForce ? 'Sa convention est en vigueur : un responsable de gestion de comptes (RGC) de la structure ouvre les comptes, un par un ou par fichier, puis donne les habilitations.' : 'Aucune convention n’est en vigueur avec elle : la direction régionale la prépare, et les comptes s’ouvrent une fois qu’elle est signée des deux parties.'}`,
})
export const decidedMail = (
  request: { readonly id: string; readonly byId: string },
  decision: 'accepted' | 'refused',
  reason: string,
): PersonMail => ({
  kind: 'access-request-decided',
  to: { accountId: request.byId },
  about: ['access-request', request.id],
  path: '/demandes-d-acces',
  subject: `Votre demande d’accès est ${decision === 'accepted' ? 'acceptée' : 'refusée'}`,
  text: `La demande d’accès à la plateforme que vous avez déposée pour votre structure est ${decision === 'accepted' ? 'acceptée' : 'refusée'}.\n\nMotif donné par l’opérateur : ${reason}`,
  why: 'votre structure vous a désigné pour demander son accès à la plateforme',
})

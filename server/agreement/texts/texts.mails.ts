import type { Tool } from '../../../contract/route.ts'
import { toolWords } from '../../../contract/words.ts'
import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'

export interface ToAnnounce {
  readonly accountId: string
  readonly documentId: string
  readonly kind: string
  readonly tool: Tool | null
  readonly title: string
  readonly inForceFrom: Date
  /** It was announced, and is given up since. */
  readonly cancelled: boolean
}
/** ACC-7: a text that will be to accept, days before; or that it will not be after all. */
export const announcedMail = ({
  accountId,
  documentId,
  tool,
  title,
  inForceFrom,
  cancelled,
}: ToAnnounce): PersonMail => {
  const day = dayInWords(parisDay(inForceFrom))
  const text = `Le texte « ${title} »${tool ? `, propre à l’outil « ${toolWords[tool]} »,` : ''}`
  return {
    kind: cancelled ? 'text-cancelled' : 'text-to-come',
    to: { accountId },
    about: ['document', documentId],
    path: `/textes/${documentId}`,
    subject: cancelled ? 'Un texte à venir est annulé' : `Un texte à accepter à partir du ${day}`,
    text: cancelled
      ? `${text} annoncé pour le ${day} est annulé : il ne sera pas à accepter. Ce que vous avez accepté reste en vigueur.`
      : `${text} prend effet le ${day}. À partir de ce jour, il vous sera demandé de l’accepter : tant que ce n’est pas fait, vos habilitations${tool ? ' pour cet outil' : ''} n’ouvrent rien.\n\nVous pouvez le lire dès maintenant. Il n’y a rien d’autre à faire d’ici là.`,
    why: 'vous avez un accès à ce service',
  }
}

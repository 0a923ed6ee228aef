import type { mailKinds } from './mails.ts'

/** How a person is told: by mail at once, in the digest of the morning or of the week, or in the application alone. */
export const deliveries = ['now', 'morning', 'weekly', 'bell'] as const
export type Delivery = (typeof deliveries)[number]

export const deliveryWords: Readonly<Record<Delivery, string>> = {
  now: 'Par courriel, tout de suite',
  morning: 'Dans le résumé du matin',
  weekly: 'Dans le résumé de la semaine',
  bell: 'Dans l’outil seulement',
}

/** What a kind asks of who is told: the parts of the page where one chooses. */
export const noticeGroups = {
  answer: 'Ce qui attend une réponse',
  work: 'Ce que l’on confie ou reprend',
  news: 'Ce qui change',
}
interface Switchable {
  readonly group: keyof typeof noticeGroups
  /** What happened, as the person told would say it. */
  readonly words: string
  /** For who chose nothing: at once where somebody waits, or where work changes hands. */
  readonly usual: Delivery
}
/**
 * The kinds of mail that a person may have told otherwise: those of the work with employers. The others are imposed by
 * the convention, the deeds or security. The database has the same list in ctx.usual_deliveries.
 */
export const switchable = {
  'need-proposed': { group: 'answer', words: 'Un besoin est proposé à ma structure', usual: 'now' },
  'action-proposed': { group: 'answer', words: 'Une action est proposée à ma structure', usual: 'now' },
  'targets-meeting-asked': {
    group: 'answer',
    words: 'Une structure souhaite reprendre des cibles où j’ai un rendez-vous',
    usual: 'now',
  },
  'campaign-closing': { group: 'answer', words: 'Une campagne va se clore d’elle-même', usual: 'now' },
  'work-handed-over': { group: 'work', words: 'Un travail m’est confié', usual: 'now' },
  'campaign-handed-over': { group: 'work', words: 'Une campagne est confiée à ma structure', usual: 'now' },
  'campaign-taken-over': { group: 'work', words: 'Une campagne change de pilote', usual: 'now' },
  'task-force-entrusted': { group: 'work', words: 'Une task force est confiée à ma structure', usual: 'now' },
  'targets-given': { group: 'work', words: 'Des cibles me sont confiées', usual: 'now' },
  'campaign-lead-named': { group: 'work', words: 'Je réponds d’une campagne', usual: 'now' },
  'referent-named': { group: 'work', words: 'Je suis nommé référent d’un employeur', usual: 'now' },
  'targets-taken-over': { group: 'work', words: 'Des cibles de ma campagne sont reprises', usual: 'now' },
  'need-overtaken': {
    group: 'work',
    words: 'Un besoin proposé à ma structure est pris par une autre',
    usual: 'morning',
  },
  'targets-taken-back': {
    group: 'work',
    words: 'Des cibles que j’avais en main me sont retirées, ou rendues',
    usual: 'morning',
  },
  'actions-due': { group: 'work', words: 'Mes prochaines actions du jour, et celles en retard', usual: 'morning' },
  'stale-targets': { group: 'work', words: 'Des cibles restent sans nouvelles', usual: 'morning' },
  'stale-needs': { group: 'work', words: 'Des besoins restent sans suite', usual: 'morning' },
  'need-answered': { group: 'news', words: 'Une structure répond à un besoin que je suis', usual: 'morning' },
  'action-answered': { group: 'news', words: 'Une structure répond à une action que j’ai proposée', usual: 'morning' },
  'campaign-opened': { group: 'news', words: 'Une campagne de ma structure est ouverte', usual: 'morning' },
  'work-finished': { group: 'news', words: 'Un travail long que j’ai lancé est fini', usual: 'bell' },
  'register-moves': {
    group: 'news',
    words: 'Des établissements dont je m’occupe ont fermé ou déménagé',
    usual: 'morning',
  },
  'task-force-taken-over': { group: 'news', words: 'Une task force change de pilote', usual: 'morning' },
  'view-news': { group: 'news', words: 'Du nouveau dans mes vues suivies', usual: 'now' },
} as const satisfies Partial<Record<keyof typeof mailKinds, Switchable>>
export type SwitchableKind = keyof typeof switchable
export const switchableKinds = Object.keys(switchable) as SwitchableKind[]
/** Mails that notify nobody here: a digest gathers notifications; the question goes to an employer, who has no account. */
export const otherMails: readonly string[] = ['digest', 'satisfaction-asked'] satisfies (keyof typeof mailKinds)[]

import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import type { NeedRecall, Recall } from './recalls.queries.ts'

const counted = ({ targets, campaignName, idleSince }: Recall) =>
  `- « ${campaignName} » : ${targets} cible${targets > 1 ? 's' : ''}, sans nouvelles depuis le ${dayInWords(idleSince)} pour la plus ancienne`
const headings: Record<Recall['step'], string> = {
  owner: 'Vous vous occupez de ces cibles, et rien n’y est noté ni prévu :',
  lead: 'Des collègues de votre structure s’occupent de ces cibles, et rien n’y est noté ni prévu :',
  pilot: 'Des structures membres s’occupent de ces cibles, et rien n’y est noté ni prévu :',
}
const steps = ['owner', 'lead', 'pilot'] as const
const aboutTargets = (recalls: readonly Recall[]): string[] => [
  ...steps
    .map(step => ({ step, its: recalls.filter(recall => recall.step === step) }))
    .filter(({ its }) => its.length)
    .map(({ step, its }) => [headings[step], ...its.map(counted)].join('\n')),
  'Un échange noté, une prochaine action datée ou une cible rendue suffit : il n’y aura pas d’autre relance pour ces cibles.',
]

const whose: Record<Recall['step'], string> = {
  owner: 'que vous avez en main',
  lead: 'que suit ou qu’a pris votre structure',
  pilot: 'de votre territoire',
}
const needLine = ({ step, needs, idleSince }: NeedRecall) =>
  `- ${needs > 1 ? `${needs} besoins` : '1 besoin'} ${whose[step]}, depuis le ${dayInWords(idleSince)}${needs > 1 ? ' pour le plus ancien' : ''}`
const aboutNeeds = (recalls: readonly NeedRecall[]): string[] => [
  ['Des besoins d’employeurs restent sans suite, rien n’y est noté ni prévu :', ...recalls.map(needLine)].join('\n'),
  'Un échange noté, une prochaine action datée, un besoin proposé, rendu ou clos suffit : il n’y aura pas d’autre relance pour ces besoins.',
]

/** All that is recalled to one person tonight, in one mail. No other person is named in it, nor any employer. */
export const staleMail = (targets: readonly Recall[], needs: readonly NeedRecall[], accountId: string): PersonMail => ({
  ...(targets.length
    ? {
        kind: 'stale-targets',
        path: targets.every(({ step }) => step === 'owner') ? '/portefeuille' : '/campagnes',
        why: 'vous vous occupez de ces cibles, ou répondez de la campagne',
        subject: needs.length
          ? 'Des cibles et des besoins restent sans nouvelles'
          : 'Des cibles restent sans nouvelles',
      }
    : {
        kind: 'stale-needs',
        path: '/besoins?etat=standing',
        why: 'vous avez ces besoins en main, ou êtes responsable ou pilote là où ils sont',
        subject: 'Des besoins d’employeurs restent sans suite',
      }),
  to: { accountId },
  about: ['account', accountId],
  text: [...(targets.length ? aboutTargets(targets) : []), ...(needs.length ? aboutNeeds(needs) : [])].join('\n\n'),
})

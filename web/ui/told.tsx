import { useEffect } from 'react'
import type { Static } from 'typebox'
import type { Told as ToldSchema } from '../../contract/notices.ts'
import { noticeRoleWords } from '../../contract/words.ts'
import { announce } from '../platform/announce.ts'
import { formatCount, formatList } from '../platform/format.ts'
import { signal } from '../platform/signal.ts'
import { toast } from '../platform/toast.ts'
import { Button } from './button.tsx'
import { Notice } from './feedback.tsx'

export type Told = Static<typeof ToldSchema>
const sides = { partenaire: 'Du côté de la structure', operateur: 'Du côté de l’opérateur' } as const
export const roleList = (roles: readonly Told['emptyRoles'][number][]): string =>
  formatList(roles.map(({ role }) => `« ${noticeRoleWords[role]} »`))
/** How many mails leave, and which roles nobody holds: those who should have heard of it and did not. */
export const toldWords = ({ mails, emptyRoles }: Told): string =>
  [
    mails ? `${formatCount(mails, 'courriel')} ${mails < 2 ? 'part' : 'partent'}.` : 'Aucun courriel ne part.',
    ...(['partenaire', 'operateur'] as const)
      .map(party => [party, emptyRoles.filter(one => one.party === party)] as const)
      .filter(([, roles]) => roles.length > 0)
      .map(
        ([party, roles]) =>
          `${sides[party]}, personne ne tient ${roles.length < 2 ? 'le rôle' : 'les rôles'} ${roleList(roles)}.`,
      ),
  ].join(' ')

const shown = signal<{ readonly done: string; readonly all: readonly Told[]; readonly since: number } | null>(null)
/** Says, and shows, what was done and who was told of it: on the page, or for ten seconds when nobody was to be told. */
export const tellReader = (done: string, ...told: readonly (Told | null)[]) => {
  const all = told.filter(one => one !== null)
  if (all.length === 0) return toast(done)
  announce([done, ...all.map(toldWords)].join(' '))
  shown.set({ done, all, since: performance.now() })
}
/** At the head of a page, until it is left or closed; the page that an act leads to keeps it. */
export const ToldNotice = () => {
  const now = shown.use()
  useEffect(
    () => () => {
      const last = shown.get()
      if (last && performance.now() - last.since > 3000) shown.set(null)
    },
    [],
  )
  if (now === null) return null
  return (
    <Notice tone={now.all.some(one => one.emptyRoles.length > 0) ? 'warning' : 'success'}>
      <p className="fr-mb-1v">
        {now.done} {now.all.map(toldWords).join(' ')}
      </p>
      <Button size="small" priority="tertiary" onClick={() => shown.set(null)}>
        Masquer ce message
      </Button>
    </Notice>
  )
}

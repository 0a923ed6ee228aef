import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { takeWorkOver } from '../../../contract/work-with-employers/taking-over.ts'
import { call } from '../../platform/api.ts'
import { useFocusLeft } from '../../platform/focus-left.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { Button, Empty, Loaded, Page, Refused } from '../../ui/index.ts'
import { ChooseDialog } from './choose-dialog.tsx'
import { waitingWorkQuery, workPassed } from './queries.ts'
import { toastPassed } from './toast-passed.ts'
import { WaitingCard } from './waiting-card.tsx'
import { type Waiting, whoTook } from './words.ts'

const keyOf = ({ person, organisation }: Waiting) => person?.id ?? organisation.id

/** Work whose holder left, is away or lost access: nothing stays with nobody (CAM-16). */
export default function TakingOverPage() {
  const me = useMe().account.id
  const query = useQuery(waitingWorkQuery)
  const [choosing, setChoosing] = useState<Waiting | null>(null)
  const giveFocus = useFocusLeft(choosing)
  const close = () => {
    setChoosing(null)
    giveFocus()
  }
  const take = useMutation({
    mutationFn: ({ organisation, person }: Waiting) =>
      call(takeWorkOver, {
        body: { organisationId: organisation.id, accountId: person?.id ?? null, toAccountId: me, parts: null },
        idempotencyKey: newKey(),
      }),
    onSuccess: (done, work) => {
      toastPassed(done, work, { id: me, name: null })
      document.querySelector<HTMLElement>('h1')?.focus()
    },
    onSettled: workPassed,
  })
  return (
    <Page
      title="Travail à reprendre"
      lead="Ce que tiennent les personnes parties, absentes ou sans accès, les structures dont la convention a pris fin, et les campagnes que plus personne ne peut piloter. L’historique suit."
      width="narrow"
      actions={
        <Button size="small" priority="tertiary" href="/absences">
          Absences
        </Button>
      }
    >
      {take.error && (
        <Refused problem={take.error}>
          {whoTook(asProblem(take.error))?.map(words => (
            <p key={words}>{words}</p>
          ))}
        </Refused>
      )}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Rien à reprendre">
              Le travail d’une personne de votre structure apparaît ici dès qu’elle part, perd son accès ou dit une
              absence ; celui d’une structure, quand sa convention prend fin dans une campagne ou une task force que
              vous pilotez, ou qu’elle pilotait et que vous pouvez piloter. Une campagne dont vous êtes membre apparaît
              aussi quand plus personne de sa structure pilote ne peut la piloter, et que vous le pouvez. Là où il n’y a
              pas de task force, ses besoins et ses actions hors campagne sont montrés aux responsables des autres
              structures du territoire.
            </Empty>
          )
        }
      >
        {({ items, recipients }) => (
          <>
            {items.map(work => (
              <div key={keyOf(work)} className="fr-mb-2w">
                <WaitingCard
                  work={work}
                  mine={recipients.some(({ id }) => id === me)}
                  anyone={recipients.length > 0}
                  busy={take.isPending}
                  onTake={() => take.mutate(work)}
                  onChoose={() => setChoosing(work)}
                />
              </div>
            ))}
            {choosing && <ChooseDialog work={choosing} recipients={recipients} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

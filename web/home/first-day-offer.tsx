import { useMutation, useQuery } from '@tanstack/react-query'
import { dismissFirstDay, getFirstDay } from '../../contract/people-and-rights/first-day.ts'
import { call } from '../platform/api.ts'
import { queryClient } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { toast } from '../platform/toast.ts'
import { ownGuides } from '../service-pages/help-address.ts'
import { Button, Refused } from '../ui/index.ts'

const queryKey = ['first-day']

/** Offered to new accounts that something is open to; dismissed once, for good. */
export const FirstDayOffer = () => {
  const [role] = ownGuides(useMe())
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => call(getFirstDay, { signal }) })
  const dismiss = useMutation({
    mutationFn: () => call(dismissFirstDay),
    onSuccess: answer => {
      queryClient.setQueryData(queryKey, answer)
      toast('La première journée n’est plus proposée. Elle reste dans « Aide ».')
      document.querySelector<HTMLElement>('h1')?.focus()
    },
  })
  // Whoever holds nothing yet reads how to come in, which has no first day.
  if (!data?.offered || !role || role === 'connexion') return null
  return (
    <section className="cc-first-day-offer" aria-labelledby="premiere-journee">
      <h2 id="premiere-journee" className="fr-text--md fr-text--bold fr-mb-0">
        Votre première journée, en cinq étapes
      </h2>
      <div className="cc-first-day-offer__acts">
        <Button size="small" priority="secondary" href="/aide/premiere-journee">
          Voir les étapes
        </Button>
        <Button size="small" priority="tertiary no outline" busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
          Ne plus proposer
        </Button>
      </div>
      {dismiss.error && <Refused problem={dismiss.error} />}
    </section>
  )
}

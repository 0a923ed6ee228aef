import { useMutation, useQuery } from '@tanstack/react-query'
import { withholdingReasons, withholdSatisfaction } from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { queryClient } from '../../platform/query.ts'
import { Button, ButtonRow, Refused, Section, toast } from '../../ui/index.ts'
import { type Satisfaction, satisfactionQuery } from './queries.ts'
import { notAskedWords, ratingWords, withholdingWords } from './words.ts'

const standing = (said: Satisfaction): string => {
  switch (said.state) {
    case 'to-ask':
      return `Une question sera envoyée par courriel à l’interlocuteur de ce besoin, à partir du ${formatDay(said.askedFrom!)} : est-il satisfait de la réponse reçue ?`
    case 'nobody':
      return 'Personne à interroger : ce besoin n’a pas d’interlocuteur en poste avec un courriel.'
    case 'lapsed':
      return 'L’avis de l’employeur n’a pas été demandé dans le mois qui a suivi la clôture ; il ne le sera plus.'
    case 'not-asked':
      return `L’avis de l’employeur n’est pas demandé : ${notAskedWords[said.reason!]}.`
    case 'asked':
      return `Avis demandé le ${formatInstant(said.settledAt!)}. L’employeur peut répondre jusqu’au ${formatInstant(said.expiresAt!)}.`
    case 'expired':
      return `Avis demandé le ${formatInstant(said.settledAt!)}, resté sans réponse.`
    case 'answered':
      return `${ratingWords[said.rating!]}, dit l’employeur le ${formatInstant(said.answeredAt!)}.`
  }
}

/** What the employer of a closed need says of it, for the structures that followed or took it. */
export const EmployerSatisfaction = ({ needId }: { needId: string }) => {
  const { data } = useQuery(satisfactionQuery(needId))
  const said = data?.satisfaction
  if (!said) return null
  return (
    <Section title="Avis de l’employeur">
      <p>{standing(said)}</p>
      {said.comment && <blockquote>« {said.comment} »</blockquote>}
      {said.allowed.includes('withhold') && <Withholding needId={needId} />}
    </Section>
  )
}

/** One press: the reason is the button. */
const Withholding = ({ needId }: { needId: string }) => {
  const withhold = useMutation({
    mutationFn: (reason: (typeof withholdingReasons)[number]) =>
      call(withholdSatisfaction, { params: { needId }, body: { reason }, idempotencyKey: newKey() }),
    onSuccess: () => toast('L’avis de l’employeur ne sera pas demandé.'),
    onSettled: () => queryClient.invalidateQueries(satisfactionQuery(needId)),
  })
  return (
    <>
      <p id="withholding" className="fr-text--sm fr-mb-1w">
        Ne pas le demander, parce que :
      </p>
      <ButtonRow>
        {withholdingReasons.map(reason => (
          <Button
            key={reason}
            size="small"
            priority="tertiary"
            busy={withhold.isPending}
            onClick={() => withhold.mutate(reason)}
          >
            {withholdingWords[reason]}
            <span className="fr-sr-only"> : ne pas demander son avis à l’employeur</span>
          </Button>
        ))}
      </ButtonRow>
      {withhold.error && <Refused problem={withhold.error} />}
    </>
  )
}

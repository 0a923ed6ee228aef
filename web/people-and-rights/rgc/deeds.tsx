import { useMutation } from '@tanstack/react-query'
import { ofName } from '../../../contract/names-in-french.ts'
import { makeRevocation } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay, formatList } from '../../platform/format.ts'
import { Badge, Button, DataTable, Notice, Refused, tellReader } from '../../ui/index.ts'
import { DeedCard } from './deed-card.tsx'
import { rgcChanged } from './queries.ts'
import { deedSentence, type Overview, stateWords } from './words.ts'

/** The current one whole; the earlier ones in a line each. */
export const Deeds = ({ deeds }: { deeds: Overview['deeds'] }) => {
  const shown = deeds.filter(
    (deed, at) => deed.state === 'a-signer' || at === deeds.findIndex(one => one.sentAt !== null),
  )
  const others = deeds.filter(deed => !shown.includes(deed))
  return (
    <>
      {shown.map(deed => (
        <DeedCard key={deed.id} deed={deed} />
      ))}
      {others.length > 0 && (
        <DataTable
          caption="Actes précédents"
          rows={others}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Proposé le', cell: ({ createdAt }) => formatDay(dayOf(createdAt)) },
            {
              head: 'Personnes désignées',
              cell: ({ members }) => formatList(members.map(member => `${member.givenName} ${member.familyName}`)),
            },
            {
              head: 'État',
              cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>,
            },
            {
              head: 'Suite',
              cell: deed => `${deedSentence(deed)}${deed.decision?.reason ? ` Motif : ${deed.decision.reason}` : ''}`,
            },
          ]}
        />
      )}
    </>
  )
}
export const Revocation = ({ revocation }: { revocation: Overview['revocations'][number] }) => {
  const make = useMutation({
    mutationFn: () => call(makeRevocation, { params: { revocationId: revocation.id } }),
    onSuccess: ({ told, nobodyLeft }) => {
      tellReader('La personne est révoquée.', told, nobodyLeft)
      return rgcChanged()
    },
  })
  return (
    <Notice tone="error" title={`L’opérateur demande la révocation ${ofName(revocation.person.name)}`}>
      <p>Motif : {revocation.reason}</p>
      {make.error && <Refused problem={make.error} />}
      {revocation.allowed.includes('make') ? (
        <Button size="small" busy={make.isPending} onClick={() => make.mutate()}>
          Révoquer cette personne
        </Button>
      ) : (
        <p className="fr-mb-0">Le signataire ou un autre RGC de la structure fait la révocation.</p>
      )}
    </Notice>
  )
}

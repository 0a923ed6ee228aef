import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nameReferent } from '../../../contract/work-with-employers/referents.ts'
import { PersonLink, PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { newKey } from '../../platform/new-key.ts'
import { Badge, Button, ButtonRow, Refused, toast } from '../../ui/index.ts'
import { EndDialog, NameDialog } from './dialogs.tsx'
import { type Known, keepReferents, type Referent, referentsChanged, referentsQuery } from './queries.ts'

/** Whom to ask of this employer in each structure, recorded and dated, and who it was before (EST-3). */
export const Referents = ({ siret }: { siret: string }) => {
  const { data } = useQuery(referentsQuery(siret))
  const [ending, setEnding] = useState<Referent | null>(null)
  if (!data || (data.current.length + data.past.length === 0 && !data.mayName)) return null
  const { current, past } = data
  return (
    <div className="fr-mt-2w" id="referents">
      <h3 className="fr-text--md fr-mb-1v">Référents</h3>
      {current.length === 0 ? (
        <p className="fr-mb-1w">Aucune structure n’a de référent en ce moment.</p>
      ) : (
        <ul className="cc-known">
          {current.map(referent => (
            <li key={referent.id}>
              <Whom referent={referent} />, depuis le {formatDay(referent.since)}
              <NamedBy referent={referent} /> {!referent.inPost && <Badge tone="warning">n’est plus en poste</Badge>}{' '}
              {referent.mayEnd && (
                <Button size="small" priority="tertiary no outline" onClick={() => setEnding(referent)}>
                  Terminer
                  <span className="fr-sr-only"> : {referent.person?.name ?? referent.organisation.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {data.mayName && <Name siret={siret} />}
      {past.length > 0 && <Past referents={past} />}
      {ending && <EndDialog siret={siret} referent={ending} onClose={() => setEnding(null)} />}
    </div>
  )
}

const Whom = ({ referent: { person, organisation } }: { referent: Referent }) => (
  <PersonOf person={person} structure={shortOrganisation(organisation.name)} />
)

/** Nothing of who named themselves, nor where names are not shown. */
const NamedBy = ({ referent: { person, namedBy } }: { referent: Referent }) =>
  namedBy && namedBy.id !== person?.id ? (
    <>
      , nommé par <PersonLink person={namedBy} />
    </>
  ) : null

const Name = ({ siret }: { siret: string }) => {
  const [choosing, setChoosing] = useState(false)
  const take = useMutation({
    mutationFn: (): Promise<Known> => call(nameReferent, { params: { siret }, body: {}, idempotencyKey: newKey() }),
    onSuccess: now => {
      keepReferents(siret, now)
      toast('Vous êtes le référent de votre structure pour cet employeur.')
    },
    onError: () => void referentsChanged(siret),
  })
  return (
    <>
      {take.error && <Refused problem={take.error} titled={false} />}
      <ButtonRow>
        <Button size="small" priority="secondary" busy={take.isPending} onClick={() => take.mutate()}>
          Je suis le référent
        </Button>
        <Button size="small" priority="tertiary" onClick={() => setChoosing(true)}>
          Nommer un collègue
        </Button>
      </ButtonRow>
      {choosing && <NameDialog siret={siret} onClose={() => setChoosing(false)} />}
    </>
  )
}

const Past = ({ referents }: { referents: readonly Referent[] }) => (
  <details className="cc-operation">
    <summary>Référents précédents ({referents.length})</summary>
    <ul>
      {referents.map(referent => (
        <li key={referent.id}>
          <Whom referent={referent} />, du {formatDay(referent.since)} au {formatDay(referent.ended!.until)}
          <NamedBy referent={referent} /> : <Ended ended={referent.ended!} />
        </li>
      ))}
    </ul>
  </details>
)

const Ended = ({ ended: { how, by, organisation, reason } }: { ended: NonNullable<Referent['ended']> }) => (
  <>
    {how === 'replaced' ? 'n’était plus en poste, remplacement noté par ' : `« ${reason} », noté par `}
    <PersonOf person={by} structure={shortOrganisation(organisation.name)} />.
  </>
)

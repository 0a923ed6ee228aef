import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { endCalendarFeed, makeCalendarFeed, readCalendarFeed } from '../../../contract/work-with-employers/calendar.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { holds, useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Empty, Loaded, Page, Refused, Section, toast } from '../../ui/index.ts'
import { CalendarHelp, NewAddress } from './calendar-parts.tsx'

const feedQuery = queryOptions({
  queryKey: ['calendar-feed'],
  queryFn: ({ signal }) => call(readCalendarFeed, { signal }),
})
const changed = () => queryClient.invalidateQueries({ queryKey: feedQuery.queryKey })
type Feed = NonNullable<Reply<typeof readCalendarFeed>['feed']>

/** One's own address of calendar: made, replaced, ended. It is shown when it is made, and never again. */
export default function CalendarPage() {
  const me = useMe()
  const query = useQuery(feedQuery)
  const [address, setAddress] = useState<string | null>(null)
  const make = useMutation({
    mutationFn: () => call(makeCalendarFeed),
    onSuccess: made => {
      setAddress(made.address)
      toast('Votre adresse est créée : copiez-la maintenant.')
      return changed()
    },
  })
  const end = useMutation({
    mutationFn: () => call(endCalendarFeed),
    onSuccess: () => {
      setAddress(null)
      toast('Votre adresse de calendrier ne répond plus.')
    },
    onSettled: changed,
  })
  // What failed before is no more to say.
  const replace = () => {
    end.reset()
    make.mutate()
  }
  const remove = () => {
    make.reset()
    end.mutate()
  }
  const error = make.error ?? end.error
  const busy = make.isPending || end.isPending
  return (
    <Page
      title="Mon calendrier"
      width="narrow"
      lead="Vos rendez-vous et vos prochaines actions, dans le programme de calendrier de votre téléphone ou de votre poste."
    >
      {error && <Refused problem={error} />}
      {address && <NewAddress address={address} />}
      <Loaded
        query={query}
        lines={3}
        empty={({ feed }) =>
          !feed &&
          (holds(me, 'campagnes', 'conseiller') ? (
            <Empty
              title="Aucune adresse de calendrier"
              action={
                <Button busy={busy} onClick={replace}>
                  Créer mon adresse
                </Button>
              }
            >
              Une adresse secrète, à vous, que votre programme de calendrier lit à intervalles réguliers.
            </Empty>
          ) : (
            <Empty title="Rien à montrer">
              Vos actions viennent des campagnes : cette page sert à qui y est conseiller. « Mes droits » dit ce qui
              vous est ouvert.
            </Empty>
          ))
        }
      >
        {({ feed }) => feed && <KeptAddress feed={feed} busy={busy} onReplace={replace} onEnd={remove} />}
      </Loaded>
      <CalendarHelp />
    </Page>
  )
}

const KeptAddress = ({
  feed: { madeAt, lastReadOn },
  busy,
  onReplace,
  onEnd,
}: {
  feed: Feed
  busy: boolean
  onReplace: () => void
  onEnd: () => void
}) => (
  <Section title="Mon adresse">
    <p>
      Créée le {formatInstant(madeAt)}.{' '}
      {lastReadOn ? `Lue pour la dernière fois le ${formatDay(lastReadOn)}.` : 'Aucun programme ne l’a encore lue.'}
    </p>
    <p className="fr-hint-text">
      Elle n’est montrée qu’à sa création. Perdue, ou connue d’un autre : remplacez-la, l’ancienne ne répond plus.
    </p>
    <ButtonRow>
      <Button priority="secondary" busy={busy} onClick={onReplace}>
        Remplacer l’adresse
      </Button>
      <Button priority="tertiary" busy={busy} onClick={onEnd}>
        Supprimer l’adresse
      </Button>
    </ButtonRow>
  </Section>
)

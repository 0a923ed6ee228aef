import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { listTargetActions } from '../../../contract/work-with-employers/targets.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { addDays, formatCount, formatDay, formatShortDay, formatTime, today } from '../../platform/format.ts'
import { notDiffused } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { announce, Badge, Button, Link, Loaded, Notice, TagChoice } from '../../ui/index.ts'
import { EmployerMarks } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { actionWords } from '../exchanges/words.ts'
import { type TargetFilter, useTargetFilter } from './targets-filter.ts'
import { capital } from './targets-filters.tsx'
import { dayIn, type Span, shifted, weeksOf } from './targets-weeks.ts'

type Action = Reply<typeof listTargetActions>['items'][number]
const weekdayWords = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})
const monthWords = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const titleOf = (span: Span, day: string, weeks: readonly (readonly string[])[]) =>
  span === 'mois' ? capital(monthWords.format(noon(day))) : `Semaine du ${formatDay(weeks[0]![0]!)}`

const useActions = (campaignId: string, filter: TargetFilter, from: string, to: string) =>
  useQuery({
    queryKey: withinKey(campaignId, 'actions', filter, from, to),
    queryFn: ({ signal }) =>
      call(listTargetActions, { params: { campaignId }, query: { ...filter, from, to }, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })

/** The next actions of the targets, a list for each day; what is late comes first, whatever the weeks shown. */
export const TargetsCalendar = ({ campaign }: { campaign: Campaign }) => {
  const {
    filter,
    address: { periode, jour },
    setAddress,
  } = useTargetFilter()
  const span: Span = periode === 'mois' ? 'mois' : 'semaine'
  const now = today()
  const day = dayIn(jour, now)
  const weeks = weeksOf(span, day)
  const shown = useActions(campaign.id, filter, weeks[0]![0]!, weeks.at(-1)![6]!)
  const past = useActions(campaign.id, filter, addDays(now, -730), now)
  const late = past.data?.items.filter(action => action.late) ?? []
  const go = (to: string, next = span) => {
    setAddress({ jour: to === now ? undefined : to, periode: next === 'mois' ? 'mois' : undefined })
    announce(titleOf(next, to, weeksOf(next, to)))
  }
  return (
    <>
      {late.length > 0 && (
        <section className="cc-calendar__late" aria-labelledby="cibles-en-retard">
          <h2 id="cibles-en-retard" className="fr-h6 fr-mb-1w">
            {past.data?.more && 'Plus de '}
            {formatCount(late.length, 'action en retard', 'actions en retard')}
          </h2>
          {past.data?.more && (
            <p className="fr-text--sm">Seules les plus anciennes sont là : affinez les filtres pour voir les autres.</p>
          )}
          <Actions actions={late} most={5} dated />
        </section>
      )}
      <div className="cc-target-views">
        <h2 className="fr-h6 fr-mb-0">{titleOf(span, day, weeks)}</h2>
        <div className="cc-calendar__go">
          <TagChoice
            label="Période"
            value={span}
            onChange={next => go(day, next)}
            options={[
              { value: 'semaine', label: 'Semaine' },
              { value: 'mois', label: 'Mois' },
            ]}
          />
          <Button size="small" priority="secondary" onClick={() => go(shifted(span, day, -1))}>
            {span === 'mois' ? 'Mois précédent' : 'Semaine précédente'}
          </Button>
          <Button size="small" priority="secondary" onClick={() => go(now)}>
            Aujourd’hui
          </Button>
          <Button size="small" priority="secondary" onClick={() => go(shifted(span, day, 1))}>
            {span === 'mois' ? 'Mois suivant' : 'Semaine suivante'}
          </Button>
        </div>
      </div>
      <Loaded query={shown} lines={8}>
        {({ items, more }) => (
          <>
            {more && (
              <Notice tone="info">
                Seules les 1 000 premières actions sont là : affinez les filtres, ou regardez semaine par semaine.
              </Notice>
            )}
            {items.length === 0 && (
              <p>
                Rien de prévu {span === 'mois' ? 'ce mois-là' : 'cette semaine-là'}. La prochaine action se choisit en
                enregistrant un échange.
              </p>
            )}
            <ul className="cc-calendar">
              {weeks.flat().map(one => {
                const actions = items.filter(({ dueOn }) => dueOn === one)
                return (
                  <li
                    key={one}
                    className="cc-calendar__day"
                    data-empty={actions.length === 0 || undefined}
                    data-today={one === now || undefined}
                  >
                    <h3 className="cc-calendar__date">
                      {capital(weekdayWords.format(noon(one)))}
                      {one === now && <Badge tone="info">aujourd’hui</Badge>}
                    </h3>
                    {actions.length > 0 && <Actions actions={actions} most={5} />}
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </Loaded>
    </>
  )
}

const Actions = ({ actions, most, dated = false }: { actions: readonly Action[]; most: number; dated?: boolean }) => {
  const me = useMe()
  const [all, setAll] = useState(false)
  const hidden = actions.length - most
  return (
    <>
      <ul className="cc-calendar__actions">
        {(all ? actions : actions.slice(0, most)).map(
          ({ id, siret, name, closed, kind, dueOn, dueAt, owner, late }) => (
            <li key={id}>
              <span>
                <Link href={`/etablissements/${siret}`}>{name ?? notDiffused}</Link>
                <EmployerMarks siret={siret} closed={closed} />
              </span>
              <span className="fr-text--sm fr-mb-0">
                {actionWords[kind]}
                {dated && ` le ${formatShortDay(dueOn)}`}
                {dueAt && ` à ${formatTime(dueAt)}`},{' '}
                {owner.id === me.account.id ? 'vous' : <PersonLink person={owner} />}
              </span>
              {late && !dated && <Badge tone="error">en retard</Badge>}
            </li>
          ),
        )}
      </ul>
      {hidden > 0 && (
        <Button size="small" priority="tertiary no outline" expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Afficher moins' : `Afficher ${formatCount(hidden, 'autre', 'autres')}`}
        </Button>
      )}
    </>
  )
}

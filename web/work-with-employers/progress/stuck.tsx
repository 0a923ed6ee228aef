import { listStuck } from '../../../contract/work-with-employers/progress.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { shortOrganisation, townWords } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, DataTable, Empty, Link, Loaded, RelativeDay, Section, TagChoice } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Progress, sinceWords, stuckAddress, stuckWords } from './words.ts'

const choices = ['7', '14', '30'] as const
/** From how many days without news a thing is stuck, as the address has it. */
export const stuckDays = (jours: string | undefined) => Number(choices.find(one => one === jours) ?? '14')

/** Things that do not move, each with the list behind it. */
export const StuckSection = ({
  campaignId,
  stuck,
  byOrganisation,
}: { campaignId: string } & Pick<Progress, 'stuck' | 'byOrganisation'>) => {
  const [{ bloque }, setAddress] = useAddress()
  const { days, counts } = stuck
  const there = counts.filter(({ count }) => count > 0)
  const open = there.find(({ kind }) => kind === bloque)?.kind
  return (
    <Section
      title="Ce qui est bloqué"
      id="bloque"
      actions={
        <TagChoice
          label="Sans suite depuis"
          value={String(days)}
          options={choices.map(value => ({ value, label: `${value} jours` }))}
          onChange={value => setAddress({ jours: value === '14' ? undefined : value })}
        />
      }
    >
      {there.length === 0 ? (
        <Empty title="Rien n’est bloqué">Ni cible sans suite, ni action en retard, ni structure sans activité.</Empty>
      ) : (
        <ul className="cc-stuck">
          {there.map(({ kind, count }) => (
            <li key={kind} data-open={kind === open}>
              <Link
                href={stuckAddress(campaignId, kind, days)}
                {...(kind === open ? { 'aria-current': 'true' as const } : {})}
              >
                <span className={kind === 'late' ? 'cc-stuck__count cc-stuck__count--late' : 'cc-stuck__count'}>
                  {formatNumber(count)}
                </span>{' '}
                {count > 1 ? stuckWords[kind].several : stuckWords[kind].one}
              </Link>
              <span className="fr-hint-text">{stuckWords[kind].meaning(days)}</span>
            </li>
          ))}
        </ul>
      )}
      {(open === 'untouched' || open === 'late') && <StuckList campaignId={campaignId} kind={open} days={days} />}
      {open === 'silent' && (
        <DataTable
          caption="Structures sans activité"
          keys={false}
          rows={byOrganisation.filter(one => one.silent)}
          keyOf={({ organisation }) => organisation.id}
          columns={[
            { head: 'Structure', cell: ({ organisation }) => organisation.name },
            {
              head: 'Dernier contact',
              cell: ({ lastContactOn }) =>
                lastContactOn ? <RelativeDay date={lastContactOn} /> : 'aucun dans cette campagne',
            },
            { head: 'Prises en charge', numeric: true, cell: ({ taken }) => formatNumber(taken) },
          ]}
        />
      )}
      {open && (
        <p className="fr-mb-0">
          <Button
            size="small"
            priority="tertiary"
            icon="fr-icon-close-line"
            onClick={() => setAddress({ bloque: undefined })}
          >
            Fermer la liste
          </Button>
        </p>
      )}
    </Section>
  )
}

const StuckList = ({ campaignId, kind, days }: { campaignId: string; kind: 'untouched' | 'late'; days: number }) => {
  const { query, more } = useList(
    withinKey(campaignId, 'stuck', kind, days),
    (after, signal) =>
      call(listStuck, { params: { campaignId }, query: { kind, days, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  return (
    <Loaded
      query={query}
      lines={4}
      empty={({ items }) => items.length === 0 && <Empty title="Plus rien ici">Tout a repris depuis.</Empty>}
    >
      {({ items }) => (
        <DataTable
          caption={kind === 'late' ? 'Actions en retard' : 'Cibles prises et sans suite'}
          rows={items}
          keyOf={({ id }) => id}
          href={({ establishment: { siret } }) => `/etablissements/${siret}`}
          columns={[
            { head: 'Établissement', cell: ({ establishment }) => <EmployerName line={establishment} /> },
            { head: 'Lieu', cell: ({ establishment }) => townWords(establishment.town) },
            {
              head: kind === 'late' ? 'Prévu' : 'Depuis',
              cell: ({ since }) => (
                <span className="cc-two">
                  <RelativeDay date={since.on} />
                  <span className="fr-hint-text">{sinceWords[since.what]}</span>
                </span>
              ),
            },
            {
              head: 'Qui s’en occupe',
              cell: ({ person, organisation }) =>
                person ? (
                  <span className="cc-two">
                    <PersonLink person={person} />
                    <span className="fr-hint-text">{shortOrganisation(organisation.name)}</span>
                  </span>
                ) : (
                  shortOrganisation(organisation.name)
                ),
            },
          ]}
          {...(more ? { more } : {})}
        />
      )}
    </Loaded>
  )
}

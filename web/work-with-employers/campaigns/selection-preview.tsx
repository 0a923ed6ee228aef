import { useMemo } from 'react'
import { formatCount, formatList, formatNumber, formatShare, formatSiret } from '../../platform/format.ts'
import { type Line, lineActivity, lineName, townWords } from '../../platform/names.ts'
import { TerritoryMap } from '../../territory-and-register/territories/territory-map.tsx'
import { Bar, Columns, DataTable, Empty, Figure, Figures, Notice, Section } from '../../ui/index.ts'
import { countsOf, type Outcome, type Outcomes, outcomeWords, type Preview, sizeWords } from './selection.ts'
import type { Campaign } from './words.ts'

export const ConflictWords = ({ conflicts: { held, contacted, beside } }: Pick<Preview, 'conflicts'>) =>
  held + contacted + beside > 0 ? (
    <span className="fr-text--sm fr-mb-0">
      dont{' '}
      {formatList([
        ...(held > 0 ? [`${formatCount(held, 'tenu')} par une autre campagne`] : []),
        ...(contacted > 0 ? [`${formatCount(contacted, 'contacté')} récemment`] : []),
        ...(beside > 0 ? [`${formatNumber(beside)} dont l’entreprise est suivie ou contactée ailleurs`] : []),
      ])}
    </span>
  ) : null

/** How many, where, what: before anything is written. */
export const PreviewBody = ({
  preview,
  campaign,
  nothing,
}: {
  preview: Preview
  campaign: Campaign
  nothing: string
}) => {
  const { count, sample, conflicts, budgetSpent, outcomes } = preview
  const present = countsOf(outcomes)['already-there'] ?? 0
  const leftOut = countsOf(outcomes)['do-not-contact'] ?? 0
  if (count === 0)
    return (
      <Empty title={present ? 'Tous ces établissements sont déjà dans la campagne' : 'Aucun établissement à ajouter'}>
        {present
          ? `${formatCount(present, 'établissement')}. Changez de critères pour en ajouter d’autres, ou continuez.`
          : nothing}
        {leftOut > 0 && ` ${leftOutWords(leftOut)}`}
      </Empty>
    )
  return (
    <>
      <Figures>
        <Figure
          value={formatNumber(count)}
          label={count > 1 ? 'établissements à ajouter' : 'établissement à ajouter'}
        />
        {present > 0 && <Figure value={formatNumber(present)} label="déjà dans la campagne" />}
        <Figure value={formatNumber(conflicts.held)} label="tenus par une autre campagne" />
        <Figure
          value={formatNumber(conflicts.contacted)}
          label={`contactés depuis moins de ${formatCount(campaign.contactDelayDays, 'jour')}`}
        />
        {campaign.conflictScope === 'company' && (
          <Figure value={formatNumber(conflicts.beside)} label="dont l’entreprise est suivie ou contactée ailleurs" />
        )}
      </Figures>
      {leftOut > 0 && <p className="fr-text--sm">{leftOutWords(leftOut)}</p>}
      {budgetSpent > 0 && <p className="fr-text--sm">{spentWords(budgetSpent)}</p>}
      {conflicts.held + conflicts.contacted + conflicts.beside > 0 && (
        <p className="fr-text--sm">
          {campaign.status === 'open'
            ? 'Ceux qui sont déjà tenus ou contactés suivent ce que vous avez choisi ci-dessus.'
            : 'Vous déciderez à l’étape suivante de ceux qui sont déjà tenus ou contactés.'}
        </p>
      )}
      <Where preview={preview} campaign={campaign} />
      <Sample lines={sample} count={count} />
    </>
  )
}

const leftOutWords = (count: number) =>
  `${formatCount(count, 'établissement marqué', 'établissements marqués')} « ne pas contacter » ${count > 1 ? 'sont laissés' : 'est laissé'} de côté : la fiche dit pourquoi, et jusqu’à quand.`

const spentWords = (count: number) =>
  `${formatCount(count, 'employeur n’a', 'employeurs n’ont')} plus de sollicitation ce mois-là : s’en occuper demandera un motif jusqu’au mois suivant.`

const Where = ({
  preview: {
    count,
    breakdown: { zones, sectors, sizes },
    points,
  },
  campaign,
}: {
  preview: Preview
  campaign: Campaign
}) => {
  const marks = useMemo(
    () =>
      points.map(({ siret, name, lat, lon }) => ({
        id: siret,
        lat,
        lon,
        title: name ?? `SIRET ${formatSiret(siret)}`,
      })),
    [points],
  )
  const areas = useMemo(
    () =>
      zones.flatMap(({ territoryId, name, count: value }) =>
        territoryId === null ? [] : [{ territoryId, label: name, value }],
      ),
    [zones],
  )
  return (
    <>
      <Columns shape="thirds">
        <Share
          caption="Par zone"
          head="Zone"
          total={count}
          rows={zones.map(({ name, count: value }) => [name, value])}
        />
        <Share
          caption="Par secteur"
          head="Secteur"
          total={count}
          rows={sectors.map(({ label, count: value }) => [label, value])}
        />
        <Share
          caption="Par effectif"
          head="Effectif"
          total={count}
          rows={sizes.filter(({ count: value }) => value > 0).map(({ size, count: value }) => [sizeWords[size], value])}
        />
      </Columns>
      {marks.length > 0 && (
        <details className="cc-operation cc-preview-map">
          <summary>Voir sur la carte</summary>
          <TerritoryMap
            label="Les établissements à ajouter"
            points={marks}
            within={campaign.territory.id}
            {...(areas.length > 1 ? { areas, legend: 'Établissements à ajouter' } : {})}
          >
            {marks.length < count && (
              <p className="fr-text--sm fr-mb-0">
                {formatCount(marks.length, 'point')} sur {formatNumber(count)} : un tirage, ou ceux dont le registre
                diffuse l’adresse.
              </p>
            )}
          </TerritoryMap>
        </details>
      )}
    </>
  )
}

const shown = 6
const Share = ({
  caption,
  head,
  rows,
  total,
}: {
  caption: string
  head: string
  rows: readonly (readonly [label: string, count: number])[]
  total: number
}) => {
  const rest = rows.slice(shown).reduce((sum, [, count]) => sum + count, 0)
  const all = [
    ...rows.slice(0, shown),
    ...(rest ? [[`Autres (${formatNumber(rows.length - shown)})`, rest] as const] : []),
  ]
  return (
    <div className="cc-share">
      <DataTable
        caption={caption}
        keys={false}
        rows={all}
        keyOf={([label]) => label}
        columns={[
          { head, cell: ([label]) => label },
          {
            head: 'Nombre',
            cell: ([, count]) => (
              <span className="cc-share__figure">
                {formatNumber(count)}
                <Bar value={count} max={total} />
                <span className="fr-sr-only"> ({formatShare(count, total)})</span>
              </span>
            ),
            numeric: true,
          },
        ]}
      />
    </div>
  )
}

const Sample = ({ lines, count }: { lines: readonly Line[]; count: number }) => (
  <DataTable
    caption={
      lines.length < count
        ? `${formatCount(lines.length, 'établissement', 'établissements')} sur ${formatNumber(count)}, pour vérifier`
        : formatCount(count, 'établissement')
    }
    keys={false}
    rows={lines}
    keyOf={({ siret }) => siret}
    columns={[
      { head: 'Établissement', cell: lineName },
      { head: 'Activité', cell: lineActivity },
      { head: 'Commune', cell: ({ town }) => townWords(town) },
      { head: 'Effectif', cell: ({ headcount }) => headcount?.label },
      { head: 'SIRET', cell: ({ siret }) => formatSiret(siret), secondary: true },
    ]}
  />
)

export const Added = ({ outcomes, campaign }: { outcomes: Outcomes; campaign: Campaign }) => (
  <Notice tone="success">
    <p className="fr-mb-0">
      {formatCount(countsOf(outcomes).added ?? 0, 'établissement ajouté', 'établissements ajoutés')}. La campagne en
      compte {formatNumber(campaign.counts.targets)}.
    </p>
  </Notice>
)

/** What became of each line that was not added. */
export const NotAdded = ({ outcomes }: { outcomes: Outcomes }) => {
  const { lines } = outcomes
  const counts = countsOf(outcomes)
  const reasons = (Object.keys(outcomeWords) as Outcome[]).filter(
    outcome => outcome !== 'added' && (counts[outcome] ?? 0) > 0,
  )
  if (!reasons.length) return null
  const total = reasons.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0)
  return (
    <Section title={total > 1 ? `${formatNumber(total)} lignes non ajoutées` : '1 ligne non ajoutée'} level={3}>
      <ul>
        {reasons.map(outcome => {
          const { one, many, help } = outcomeWords[outcome]
          const count = counts[outcome] ?? 0
          return (
            <li key={outcome}>
              <strong>
                {formatNumber(count)} {count > 1 ? many : one}
              </strong>
              {help}
            </li>
          )
        })}
      </ul>
      {lines.length > 0 && (
        <DataTable
          caption={
            lines.length < total
              ? `Les ${formatNumber(lines.length)} premières lignes non ajoutées`
              : 'Lignes non ajoutées'
          }
          keys={false}
          rows={lines}
          keyOf={({ line }) => String(line)}
          columns={[
            { head: 'Ligne', cell: ({ line }) => formatNumber(line) },
            { head: 'Texte', cell: ({ text }) => text },
            { head: 'Raison', cell: ({ outcome }) => outcomeWords[outcome].one },
          ]}
        />
      )}
    </Section>
  )
}

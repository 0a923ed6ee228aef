import { formatNumber } from '../../platform/format.ts'
import { DataTable, Section } from '../../ui/index.ts'
import { territoryName } from '../territories/words.ts'
import { comparedSentence, durableWords, type Recruitment } from './words.ts'

/** Beside the same activity in the same territory, where that says nothing of one establishment; why not, elsewhere. */
export const ComparedWith = ({ recruitment: { compared, group } }: { recruitment: Recruitment }) => {
  if (!compared || !group)
    return (
      <Section title="À côté de son activité">
        <p className="fr-text--sm fr-mb-0">
          Pas de comparaison. Il faut une année civile entière, et au moins six entreprises de la même activité qui
          recrutent, sans qu’aucune pèse plus de 85 % du reste, dans un territoire que votre périmètre couvre tout
          entier : sinon, elle laisserait deviner les embauches de l’une d’elles.
        </p>
      </Section>
    )
  const { year, territory, establishments, own, group: theirs, before } = compared
  return (
    <Section title="À côté de son activité">
      <p>{comparedSentence(compared, `groupe ${group}`)}</p>
      <DataTable
        caption={`En ${year}, ${territoryName(territory)}, ${formatNumber(establishments)} établissements`}
        keys={false}
        rows={[
          { key: 'durable', head: 'Part durable', own: durableWords(own), theirs: durableWords(theirs) },
          {
            key: 'hires',
            head: 'CDI, CDD et intérim',
            own: formatNumber(own.durable + own.other),
            theirs: formatNumber(theirs.durable + theirs.other),
          },
          ...(before
            ? [
                {
                  key: 'before',
                  head: `CDI, CDD et intérim en ${year - 1}`,
                  own: formatNumber(before.own),
                  theirs: formatNumber(before.group),
                },
              ]
            : []),
        ]}
        keyOf={({ key }) => key}
        columns={[
          { head: `En ${year}`, cell: row => row.head },
          { head: 'Ici', numeric: true, cell: row => row.own },
          { head: 'Même activité', numeric: true, cell: row => row.theirs },
        ]}
      />
      <p className="fr-text--sm fr-mb-0">
        {territoryName(territory)} : le plus petit territoire où cette comparaison ne laisse deviner aucune entreprise.
      </p>
    </Section>
  )
}

import { formatNumber } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { Badge, DataTable, Section } from '../../ui/index.ts'
import { EmployerMarks } from '../../work-with-employers/campaigns/employer-name.tsx'
import { type CompanyRecruitment, durableWords, hirersCaption, othersWords, outsideWords } from './words.ts'

type Hirer = CompanyRecruitment['establishments']['items'][number]
const Name = ({ hirer }: { hirer: Hirer }) => {
  const name = lineName(hirer)
  return (
    <span>
      {name}
      <EmployerMarks siret={hirer.siret} closed={!hirer.active} />
    </span>
  )
}
/** « 12 », « non couvert (MSA) », or a dash before any file. */
const hires = ({ covered, total }: Hirer) =>
  covered ? (total === null ? '–' : formatNumber(total)) : 'non couvert (MSA)'
const durable = ({ durable, other }: Hirer) =>
  durable === null || other === null ? '–' : durableWords({ durable, other })

/** Where the company hires: each establishment that the reader may read, and how many they may not. */
export const Hirers = ({ company: { coverage, establishments } }: { company: CompanyRecruitment }) => {
  const { items, others, outside } = establishments
  return (
    <Section title="Établissement par établissement">
      {items.length === 0 ? (
        <p>Aucun établissement ouvert, ou qui ait embauché en douze mois, dans votre périmètre.</p>
      ) : (
        <DataTable
          caption={hirersCaption(establishments)}
          rows={items}
          keyOf={({ siret }) => siret}
          href={({ siret }) => `/etablissements/${siret}/recrutements`}
          columns={[
            { head: 'Établissement', cell: line => <Name hirer={line} /> },
            {
              head: 'Commune',
              cell: ({ town, headOffice }) => (
                <>
                  {townWords(town)}
                  {headOffice && (
                    <>
                      {' '}
                      <Badge>siège</Badge>
                    </>
                  )}
                </>
              ),
            },
            { head: 'Embauches en 12 mois', numeric: true, cell: hires },
            { head: 'Part durable', numeric: true, cell: durable },
          ]}
        />
      )}
      {others && coverage !== 'none' && <p className="fr-text--sm fr-mb-1v">{othersWords(others)}</p>}
      {outside > 0 && <p className="fr-text--sm fr-mb-0">{outsideWords(outside)}</p>}
    </Section>
  )
}

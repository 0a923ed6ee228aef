import { useMutation } from '@tanstack/react-query'
import { useContext, useRef, useState } from 'react'
import { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { addTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatSiret } from '../../platform/format.ts'
import { type Line, lineActivity, lineName, townWords } from '../../platform/names.ts'
import { announce, Badge, Combobox, DataTable, Refused, Section } from '../../ui/index.ts'
import { DecidedContext } from './decided-fields.tsx'
import { EmployerName } from './employer-name.tsx'
import { keepCampaign } from './queries.ts'
import { countsOf, type Outcome, outcomeWords } from './selection.ts'
import type { Campaign } from './words.ts'

const said = (outcome: Outcome) => (outcome === 'added' ? 'ajouté' : outcomeWords[outcome].one)

/** One at a time: searched, then added at once. */
export const ByHand = ({ campaign }: { campaign: Campaign }) => {
  const decided = useContext(DecidedContext)
  const known = useRef(new Map<string, Line>())
  const [added, setAdded] = useState<readonly { line: Line; outcome: Outcome }[]>([])
  const add = useMutation({
    mutationFn: (line: Line) =>
      call(addTargets, {
        params: { campaignId: campaign.id },
        body: { sirets: [line.siret], ...(decided ? { decided } : {}) },
      }),
    onSuccess: ({ outcomes, campaign: now }, line) => {
      const counts = countsOf(outcomes)
      const outcome = (Object.keys(counts) as Outcome[]).find(one => counts[one]) ?? 'unknown'
      setAdded(before => [{ line, outcome }, ...before.filter(one => one.line.siret !== line.siret)])
      announce(`${lineName(line)} : ${said(outcome)}.`)
      return keepCampaign(now)
    },
  })
  return (
    <>
      <Combobox
        name="etablissement"
        label="Établissement"
        hint={`Un nom, une enseigne, une commune ou un SIRET, dans ${campaign.territory.name}. Il est ajouté dès que vous le choisissez.`}
        several
        value={null}
        findKey={['establishments', 'by-hand', campaign.territory.id]}
        find={async (words, signal) => {
          if (!words) return []
          const { items } = await call(searchEstablishments, {
            query: {
              q: words,
              ...(campaign.territory.id ? { territory: campaign.territory.id } : {}),
              active: true,
              limit: 10,
            },
            signal,
          })
          return items.map(line => {
            known.current.set(line.siret, line)
            return {
              value: line.siret,
              label: lineName(line),
              hint: [lineActivity(line), townWords(line.town), formatSiret(line.siret)].filter(Boolean).join(' · '),
            }
          })
        }}
        onChange={choice => {
          const line = choice && known.current.get(choice.value)
          if (line) add.mutate(line)
        }}
      />
      {add.isError && (
        <div className="fr-mt-3w">
          <Refused problem={add.error} />
        </div>
      )}
      {added.length > 0 && (
        <Section title="Choisis un par un">
          <DataTable
            caption="Les derniers choisis"
            hideCaption
            keys={false}
            rows={added}
            keyOf={({ line }) => line.siret}
            columns={[
              { head: 'Établissement', cell: ({ line }) => <EmployerName line={line} /> },
              { head: 'Commune', cell: ({ line }) => townWords(line.town) },
              { head: 'SIRET', cell: ({ line }) => formatSiret(line.siret), secondary: true },
              {
                head: 'Résultat',
                cell: ({ outcome }) => (
                  <Badge tone={outcome === 'added' ? 'success' : outcome === 'already-there' ? 'info' : 'warning'}>
                    {said(outcome)}
                  </Badge>
                ),
              },
            ]}
          />
        </Section>
      )}
    </>
  )
}

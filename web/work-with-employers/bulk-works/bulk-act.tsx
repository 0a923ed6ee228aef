import { useRef, useState } from 'react'
import type { Body } from '../../../contract/route.ts'
import { countBulkWork, targetActs } from '../../../contract/work-with-employers/bulk-works.ts'
import { closingResults } from '../../../contract/work-with-employers/campaigns.ts'
import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { KeptFields, Link, noDraft, RadioKeys, Section, TextArea } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { sharingAddress } from '../sharing/sharing-address.ts'
import { missingOf, useSelection, WhichTargets, whichOf } from '../sharing/target-selection.tsx'
import { useMayShareOut } from '../targets/sharing-button.tsx'
import { chosenStatuses } from './chosen-statuses.ts'
import { Counting, useCounting } from './counting.tsx'
import { actWords, type TargetActKind } from './words.ts'

type Asked = Body<typeof countBulkWork>

type ClosingResult = (typeof closingResults)[number]
const purposes: Record<TargetActKind, string> = {
  'set-aside': 'à mettre de côté',
  'put-back': 'à remettre',
  close: 'à clore',
  release: 'à rendre',
}
/** The acts that the address says. */
const said: Partial<Record<TargetActKind, string>> = { close: 'clore', release: 'rendre' }
const told: Partial<Record<TargetActKind, string>> = {
  'put-back': 'Sans filtre, toutes celles mises de côté sont choisies.',
  release: 'Sans filtre, toutes celles que vous pouvez rendre le sont ; les autres restent, et vous sont comptées.',
}
/** The act as the service takes it, or what is missing to it. */
const askedOf = (act: TargetActKind, reason: string, result: ClosingResult | ''): Asked['act'] | string => {
  if (act === 'put-back') return { kind: act }
  if (act === 'release') return reason ? { kind: act, reason } : { kind: act }
  if (act === 'set-aside') return reason ? { kind: act, reason } : 'Dites le motif : les membres le liront.'
  return result ? { kind: act, result } : 'Dites avec quel résultat elles sont closes.'
}

export const BulkAct = ({ campaign }: { campaign: Campaign }) => {
  const [{ statut, acte }] = useAddress()
  const pilots = campaign.allowed.includes('correct')
  const leads = useMayShareOut(campaign)
  // The state in the address says which act: only those set aside are put back.
  const act: TargetActKind = !pilots
    ? 'release'
    : statut === 'ecarte'
      ? 'put-back'
      : (targetActs.find(one => acte && said[one] === acte) ?? 'set-aside')
  const [reason, setReason] = useState('')
  const kept = useRef(noDraft)
  const [result, setResult] = useState<ClosingResult | ''>('')
  const counting = useCounting(
    (body: Asked) => call(countBulkWork, { params: { campaignId: campaign.id }, body, timeoutMs: 120_000 }),
    planned => `${formatCount(planned, 'cible changerait', 'cibles changeraient')}.`,
  )
  const { anew } = counting
  const selection = useSelection(campaign, chosenStatuses[act], anew)
  const start = () => {
    const asked = askedOf(act, reason.trim(), result)
    counting.count(
      missingOf(selection) ?? (typeof asked === 'string' ? asked : { which: whichOf(selection), act: asked }),
    )
  }
  return (
    <>
      <Section title="Que faire">
        {!pilots && <p>Les cibles choisies ne seront plus à personne : chacun pourra les prendre.</p>}
        {pilots && (
          <RadioKeys
            name="act"
            label="Acte"
            required
            layout="column"
            value={act}
            onChange={value => {
              if (value === 'put-back' || act === 'put-back') selection.onPicked(new Set())
              selection.onAddress({
                statut: value === 'put-back' ? 'ecarte' : undefined,
                acte: targetActs.map(one => (one === value ? said[one] : undefined)).find(Boolean),
              })
            }}
            options={targetActs.map(value => ({ value, label: actWords[value].label, hint: actWords[value].hint }))}
          />
        )}
        {leads && (
          <p className="fr-text--sm">
            Pour les confier à des structures ou à des personnes :{' '}
            <Link href={`/campagnes/${campaign.id}/repartir${sharingAddress(selection.filter)}`}>
              répartir ces cibles
            </Link>
            .
          </p>
        )}
        {(act === 'set-aside' || (act === 'release' && leads)) && (
          <KeptFields draft={{ name: 'bulk-aside', about: campaign.id, handle: kept }}>
            <TextArea
              name="reason"
              label="Motif"
              hint={
                act === 'release'
                  ? 'Pour celles que d’autres ont prises : ils le liront dans l’historique de chacune'
                  : 'Les membres de la campagne le liront'
              }
              required={act === 'set-aside'}
              maxLength={300}
              rows={2}
              value={reason}
              onChange={value => {
                setReason(value)
                anew()
              }}
            />
          </KeptFields>
        )}
        {act === 'close' && (
          <RadioKeys
            name="result"
            label="Résultat"
            required
            layout="column"
            value={result}
            onChange={value => {
              setResult(closingResults.find(one => one === value) ?? '')
              anew()
            }}
            options={closingResults.map(value => ({ value, label: resultLabels[value] }))}
          />
        )}
      </Section>
      <WhichTargets
        campaign={campaign}
        selection={selection}
        purpose={purposes[act]}
        told={told[act] ?? 'Sans filtre, toutes les cibles de la campagne sont choisies.'}
      />
      <Counting act={act} counting={counting} onCount={start} onStarted={() => kept.current.drop()} />
    </>
  )
}

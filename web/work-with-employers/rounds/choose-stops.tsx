import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { mostStops } from '../../../contract/work-with-employers/rounds.ts'
import { listTargetPoints } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { lineName, notDiffused, townWords } from '../../platform/names.ts'
import { plainText } from '../../platform/plain-text.ts'
import { Button, CheckboxGroup, Dialog, Empty, Loaded, Notice, TextField } from '../../ui/index.ts'
import { targetStatusWords } from '../campaigns/words.ts'
import { filterOf, frameIn } from '../targets/targets-filter.ts'

interface Candidate {
  readonly siret: string
  readonly name: string
  readonly hint: string
}
const mostRead = 200

/** The targets of the campaign that its filters find, or those of the zone that its map showed. */
const ofCampaign = async (campaignId: string, address: Record<string, string>, signal: AbortSignal) => {
  const frame = frameIn(address['cadre'])
  const filter = filterOf(address)
  const params = { campaignId }
  if (frame)
    return (await call(listTargetPoints, { params, query: { ...filter, ...frame }, signal })).items.map(
      ({ siret, name, status }) => ({ siret, name: name ?? notDiffused, hint: targetStatusWords[status].word }),
    )
  const { items } = await call(listTargets, { params, query: { ...filter, sort: 'town', limit: mostRead }, signal })
  return items.map(({ establishment, status }) => ({
    siret: establishment.siret,
    name: lineName(establishment),
    hint: [townWords(establishment.town), targetStatusWords[status].word].filter(Boolean).join(', '),
  }))
}
const ofPortfolio = async (signal: AbortSignal) =>
  (await call(listPortfolio, { query: { limit: mostRead }, signal })).items.map(({ establishment, campaign }) => ({
    siret: establishment.siret,
    name: lineName(establishment),
    hint: [townWords(establishment.town), campaign?.name].filter(Boolean).join(', '),
  }))

export interface ChooseStopsProps {
  /** The filters of the campaign one comes from stand in it. */
  readonly address: Record<string, string>
  readonly chosen: readonly string[]
  readonly onChoose: (sirets: readonly string[]) => void
  readonly onClose: () => void
}

/** Which employers one visits: among the targets of the campaign one comes from, else in one’s portfolio. */
export const ChooseStops = ({ address, chosen, onChoose, onClose }: ChooseStopsProps) => {
  const { campagne } = address
  const query = useQuery({
    queryKey: ['rounds', 'candidates', campagne ?? 'portfolio', filterOf(address), address['cadre']],
    queryFn: async ({ signal }): Promise<Candidate[]> => {
      const all = await (campagne ? ofCampaign(campagne, address, signal) : ofPortfolio(signal))
      return [...new Map(all.map(one => [one.siret, one])).values()]
    },
  })
  return (
    <Dialog title="Choisir les étapes" shape="side" onClose={onClose}>
      <p>
        {campagne
          ? 'Parmi les cibles de la campagne, telles que ses filtres les trouvent.'
          : 'Parmi les employeurs de votre portefeuille.'}{' '}
        {mostStops} étapes au plus.
      </p>
      <Loaded
        query={query}
        lines={6}
        empty={all =>
          all.length === 0 && (
            <Empty title="Aucun employeur à choisir">
              {campagne ? 'Élargissez les filtres de la campagne.' : 'Prenez en charge des cibles dans une campagne.'}
            </Empty>
          )
        }
      >
        {all => <Candidates all={all} chosen={chosen} onChoose={onChoose} />}
      </Loaded>
    </Dialog>
  )
}

const Candidates = ({
  all,
  chosen,
  onChoose,
}: {
  all: readonly Candidate[]
  chosen: readonly string[]
  onChoose: (sirets: readonly string[]) => void
}) => {
  const [kept, setKept] = useState(chosen)
  const [words, setWords] = useState('')
  const shown = all.filter(({ name, hint }) => plainText(`${name} ${hint}`).includes(plainText(words.trim())))
  const tooMany = kept.length > mostStops
  return (
    <>
      <TextField name="mots" label="Nom ou commune" value={words} onChange={setWords} />
      <CheckboxGroup
        name="etapes"
        label={`${formatCount(shown.length, 'employeur')}${all.length >= mostRead ? ', les premiers seulement' : ''}`}
        options={shown.map(({ siret, name, hint }) => ({ value: siret, label: name, hint }))}
        value={kept}
        onChange={setKept}
      />
      {tooMany && (
        <Notice tone="warning">
          {mostStops} étapes au plus : retirez-en {kept.length - mostStops}.
        </Notice>
      )}
      <div className="cc-round__choose">
        <Button disabled={tooMany || kept.length === 0} onClick={() => onChoose(kept)}>
          Faire la tournée ({String(kept.length)})
        </Button>
      </div>
    </>
  )
}

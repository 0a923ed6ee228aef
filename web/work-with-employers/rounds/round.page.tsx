import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useFocusLeft } from '../../platform/focus-left.ts'
import { formatCount, formatDay, today } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { toast } from '../../platform/toast.ts'
import { Button, ButtonRow, Loaded, Page } from '../../ui/index.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { usePosition } from '../portfolio/use-position.ts'
import { noFilter } from '../targets/targets-filter.ts'
import { ChooseStops } from './choose-stops.tsx'
import { inOrder, type Stop, type Stops, stopsQuery } from './queries.ts'
import { askedBy, siretsText } from './round-address.ts'
import { LeftOut, Nobody, RoundChoice } from './round-choice.tsx'
import { RoundStops } from './round-stops.tsx'
import { SheetsDialog } from './sheets-dialog.tsx'
import '../campaigns/campaigns.css'
import './rounds.css'

/** The day on a map and as a list that a phone can use in a car park. */
export default function RoundPage() {
  const [address, setAddress] = useAddress()
  const asked = askedBy(address, today())
  const { sirets, day } = asked
  const query = useQuery(stopsQuery(asked))
  const position = usePosition()
  const onDone = useFocusLeft(query.data)
  const [recording, setRecording] = useState<Stop | null>(null)
  const [printed, setPrinted] = useState<readonly string[] | null>(null)
  const choosing = address['choisir'] !== undefined
  const start = position.here ?? undefined
  const round = useMemo(() => inOrder(query.data?.items ?? [], day, start), [query.data, day, start])
  const order = [...round.placed, ...round.unplaced].map(({ establishment }) => establishment.siret)
  const remove = ({ establishment }: Stop) => {
    const left = order.filter(siret => siret !== establishment.siret)
    setAddress(left.length ? { etablissements: siretsText(left) } : { etablissements: undefined, choisir: 'oui' })
    toast(`${lineName(establishment)} n’est plus dans la tournée.`)
    onDone()
  }
  return (
    <Page
      title="Ma tournée"
      breadcrumb={[{ label: 'Mon portefeuille', href: '/portefeuille' }]}
      lead={leadOf(query.data, sirets !== undefined, day)}
      actions={
        order.length > 0 && (
          <ButtonRow>
            <Button size="small" priority="secondary" icon="fr-icon-download-line" onClick={() => setPrinted(order)}>
              Fiches de visite
            </Button>
            <Button size="small" priority="tertiary" icon="fr-icon-printer-line" onClick={() => window.print()}>
              Imprimer
            </Button>
          </ButtonRow>
        )
      }
    >
      <RoundChoice asked={asked} setAddress={setAddress} position={position} hasStops={order.length > 0} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && <Nobody named={sirets !== undefined} onChoose={() => setAddress({ choisir: 'oui' })} />
        }
      >
        {stops => (
          <>
            <LeftOut stops={stops} />
            <RoundStops
              {...{ round, day }}
              within={stops.within}
              fromHere={start !== undefined}
              onRecord={setRecording}
              onRemove={remove}
              onSheet={({ establishment }) => setPrinted([establishment.siret])}
            />
          </>
        )}
      </Loaded>
      {choosing && (
        <ChooseStops
          address={address}
          chosen={(sirets ?? order).filter(siret => !query.data?.unknown.includes(siret))}
          onChoose={kept =>
            setAddress({ ...noFilter, cadre: undefined, choisir: undefined, etablissements: siretsText(kept) })
          }
          onClose={() => setAddress({ choisir: undefined })}
        />
      )}
      {printed && <SheetsDialog sirets={printed} day={day} onClose={() => setPrinted(null)} />}
      {recording && (
        <RecordExchange
          siret={recording.establishment.siret}
          name={lineName(recording.establishment)}
          campaignId={recording.action?.campaign?.id ?? address['campagne']}
          actionId={recording.action?.id}
          onClose={() => setRecording(null)}
        />
      )}
    </Page>
  )
}

const leadOf = (stops: Stops | undefined, named: boolean, day: string): string =>
  stops
    ? named
      ? `${formatCount(stops.items.length, 'étape choisie', 'étapes choisies')}.`
      : `${formatCount(stops.items.length, 'visite ou rendez-vous prévu', 'visites et rendez-vous prévus')} ${day === today() ? 'aujourd’hui' : `le ${formatDay(day)}`}.`
    : 'Vos visites dans un ordre commode'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Card, Facts, Notice } from '../../ui/index.ts'
import { type AddressChange, addressChangesQuery } from './queries.ts'
import { SettleAddressDialog, type Settling } from './settle-address.tsx'

const whoConfirms = ({ newDomain }: AddressChange) =>
  newDomain
    ? 'Un autre RGC que celui qui l’a demandé, ou le signataire, confirme : votre structure ne connaît pas le domaine de cette adresse.'
    : 'La personne elle-même, un autre RGC que celui qui l’a demandé, ou le signataire, confirme.'

const Facing = ({ change }: { change: AddressChange }) => (
  <Facts
    items={[
      ['Aujourd’hui', change.former],
      ['Demandée', change.email],
      ['Par', `${change.askedBy.name}, le ${formatDay(dayOf(change.askedAt))}`],
      ['Motif', change.reason],
      ['Attend jusqu’au', formatDay(dayOf(change.until))],
    ]}
  />
)
/** One may stop a change without being the one who confirms it: the sentence then says who does. */
const Answers = ({ change, settle }: { change: AddressChange; settle: (settling: Settling) => void }) => {
  const me = useMe()
  const asked = change.askedBy.id === me.account.id
  const of = <span className="fr-sr-only"> : changement d’adresse {ofName(change.person.name)}</span>
  return (
    <>
      {!change.allowed.includes('confirm') && <p className="fr-text--sm">{whoConfirms(change)}</p>}
      <ButtonRow>
        {change.allowed.includes('confirm') && (
          <Button size="small" onClick={() => settle({ change, outcome: 'confirmed' })}>
            Confirmer{of}
          </Button>
        )}
        {change.allowed.includes('refuse') && (
          <Button size="small" priority="secondary" onClick={() => settle({ change, outcome: 'refused' })}>
            {asked ? 'Annuler la demande' : 'Refuser'}
            {of}
          </Button>
        )}
      </ButtonRow>
    </>
  )
}

/** On the page of a person, and on one's own: the change that waits for this account. */
export const AddressNotices = ({ accountId }: { accountId: string }) => {
  const { data } = useQuery(addressChangesQuery)
  const [settling, setSettling] = useState<Settling | null>(null)
  return (
    <>
      {data?.items
        .filter(({ person }) => person.id === accountId)
        .map(change => (
          <Notice key={change.id} tone="warning" title="Un changement d’adresse attend une confirmation">
            <Facing change={change} />
            <Answers change={change} settle={setSettling} />
          </Notice>
        ))}
      {settling && <SettleAddressDialog {...settling} onClose={() => setSettling(null)} />}
    </>
  )
}

/** Where a second person confirms: those of the structure, the longest waiting first. */
export const AddressChanges = ({ changes }: { changes: readonly AddressChange[] }) => {
  const [settling, setSettling] = useState<Settling | null>(null)
  return (
    <>
      {changes.map(change => (
        <Card key={change.id} title={`Autre adresse pour ${change.person.name}`} level={2}>
          <p className="fr-hint-text">{change.function}</p>
          <Facing change={change} />
          {change.allowed.includes('confirm') && (
            <p>
              Demandez d’abord à <strong>{change.person.name}</strong>, à un numéro que vous connaissez, si cette
              adresse est la sienne.
            </p>
          )}
          <Answers change={change} settle={setSettling} />
        </Card>
      ))}
      {settling && <SettleAddressDialog {...settling} onClose={() => setSettling(null)} />}
    </>
  )
}

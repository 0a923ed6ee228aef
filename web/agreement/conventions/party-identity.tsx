import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changePartyIdentity, getPartyIdentity, type partnerKinds } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatSiret, today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import {
  Button,
  ButtonRow,
  DateField,
  Dialog,
  Form,
  Loaded,
  SelectField,
  TextArea,
  TextField,
  tellReader,
} from '../../ui/index.ts'
import { OtherSirets } from './other-sirets.tsx'
import { kindWords, PartyFields, partyIn } from './party-fields.tsx'
import { conventionQuery } from './queries.ts'

type Identity = Reply<typeof getPartyIdentity>
type Line = Identity['history'][number]
type Kind = (typeof partnerKinds)[number]

const causes = ['change', 'merger', 'correction'] as const
const causeWords: Record<Line['cause'], string> = {
  registered: 'Enregistrée',
  change: 'Changement',
  merger: 'Fusion',
  correction: 'Correction',
}
const causeLabels: Record<(typeof causes)[number], string> = {
  change: 'Un changement : nom, SIRET, nature ou adresse',
  merger: 'Une fusion',
  correction: 'La correction d’une erreur',
}
const identityKey = (conventionId: string) => ['conventions', 'party', conventionId]
const keepIdentity = async (conventionId: string, changed: Identity) => {
  queryClient.setQueryData(identityKey(conventionId), changed)
  await queryClient.invalidateQueries({ queryKey: conventionQuery(conventionId).queryKey })
}
const wordsOf = ({ name, siret, address }: Line) =>
  `${name}, SIRET ${formatSiret(siret)}${address ? `, ${address}` : ''}`

/** Who the partner is, and was: what was signed keeps what it said (AGR-15). */
export const PartyIdentity = ({ conventionId }: { conventionId: string }) => {
  const query = useQuery({
    queryKey: identityKey(conventionId),
    queryFn: ({ signal }) => call(getPartyIdentity, { params: { conventionId }, signal }),
  })
  const [changing, setChanging] = useState(false)
  return (
    <Loaded query={query} lines={2}>
      {identity => {
        const [current, ...past] = identity.history as [Line, ...Line[]]
        return (
          <>
            <p>
              {wordsOf(current)}
              <span className="fr-hint-text">
                {kindWords[current.kind as Kind] ?? 'Structure'}, depuis le {formatDay(current.since)}
                {current.reason && ` (${causeWords[current.cause].toLowerCase()} : ${current.reason})`}
              </span>
            </p>
            {past.length > 0 && (
              <>
                <p className="fr-text--sm fr-mb-0">Auparavant :</p>
                <ul className="fr-text--sm">
                  {past.map(line => (
                    <li key={line.version}>
                      {wordsOf(line)}, depuis le {formatDay(line.since)}
                      {line.reason && ` (${causeWords[line.cause].toLowerCase()} : ${line.reason})`}
                    </li>
                  ))}
                </ul>
              </>
            )}
            {identity.allowed.includes('change') ? (
              <ButtonRow>
                <Button priority="secondary" onClick={() => setChanging(true)}>
                  Corriger ou changer l’identité
                </Button>
              </ButtonRow>
            ) : (
              <p className="fr-text--sm fr-mb-0">La direction régionale de l’opérateur la tient à jour.</p>
            )}
            <OtherSirets
              conventionId={conventionId}
              identity={identity}
              onKept={changed => keepIdentity(conventionId, changed)}
            />
            {changing && (
              <ChangeDialog
                conventionId={conventionId}
                identity={identity}
                current={current}
                onClose={() => setChanging(false)}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

const ChangeDialog = ({
  conventionId,
  identity,
  current,
  onClose,
}: {
  conventionId: string
  identity: Identity
  current: Line
  onClose: () => void
}) => (
  <Dialog title={`Identité ${ofStructure(current.name)}`} shape="side" onClose={onClose}>
    <p>
      La structure reste la même dans le service : ses comptes, son travail et sa convention continuent. Ce qui est
      signé ne change pas. Ses RGC et son signataire en sont avertis.
    </p>
    <Form
      draft={{ name: 'party-identity', about: conventionId, version: identity.version }}
      submit="Enregistrer l’identité"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told, ...changed } = await call(changePartyIdentity, {
          params: { conventionId },
          ifMatch: identity.version,
          idempotencyKey,
          body: {
            cause: values.cause as (typeof causes)[number],
            since: values.since!,
            ...partyIn(values),
            address: values.address?.trim() || null,
            reason: values.reason!,
          },
        })
        await keepIdentity(conventionId, changed)
        tellReader('L’identité du partenaire est enregistrée.', told)
        onClose()
      }}
    >
      <SelectField
        name="cause"
        label="De quoi s’agit-il"
        required
        defaultValue="change"
        options={causes.map(value => ({ value, label: causeLabels[value] }))}
      />
      <DateField
        name="since"
        label="Depuis le"
        hint="Le jour de l’acte ; une correction garde le jour de ce qu’elle corrige"
        required
        min={current.since}
        max={today()}
        defaultValue={today()}
      />
      <PartyFields current={current} />
      <TextField name="address" label="Adresse" maxLength={300} defaultValue={current.address ?? ''} />
      <TextArea
        name="reason"
        label="Motif"
        hint="L’arrêté, la délibération, ou l’erreur corrigée"
        required
        maxLength={500}
        rows={2}
      />
    </Form>
  </Dialog>
)

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { decideLinkInPlace, listLinksInPlace } from '../../../contract/people-and-rights/necessity.ts'
import { call } from '../../platform/api.ts'
import { type Decided, WaitingLink } from '../../signing-in/sign-in-help/waiting-links.tsx'
import { Dialog, Form, Notice, Refused, tellReader } from '../../ui/index.ts'
import { WhyFields, whyOf } from './why-fields.tsx'
import { accountChanged } from './words.ts'

interface Props {
  readonly person: { readonly id: string; readonly name: string }
  /** The signatory acts of necessity alone. */
  readonly ground?: 'necessity'
}

/** Who came by ProConnect and waits, answered in the place of account managers (ACC-10); nothing while nobody waits. */
export const LinksInPlace = ({ person, ground }: Props) => {
  const { data, error } = useQuery({
    queryKey: ['exceptional', 'links', person.id],
    queryFn: ({ signal }) => call(listLinksInPlace, { params: { accountId: person.id }, signal }),
  })
  const [asking, setAsking] = useState<Decided>()
  if (error) return <Refused problem={error} />
  return (
    <>
      {data?.items.map(link => (
        <WaitingLink key={link.id} link={link} name={person.name} onAnswer={setAsking} />
      ))}
      {asking && <DecideDialog {...{ person, ground, asking }} onClose={() => setAsking(undefined)} />}
    </>
  )
}

const DecideDialog = ({
  person,
  ground,
  asking: { linkId, decision },
  onClose,
}: Pick<Props, 'person'> & { ground: Props['ground'] | undefined; asking: Decided; onClose: () => void }) => {
  const [button, done] =
    decision === 'confirmed'
      ? (['Confirmer la connexion', 'La connexion est confirmée.'] as const)
      : (['Refuser la connexion', 'La connexion est refusée.'] as const)
  return (
    <Dialog title={button} onClose={onClose}>
      <Notice tone="warning">
        Acte exceptionnel, faute d’un RGC qui puisse agir. La structure en est prévenue aussitôt, et l’acte est marqué
        dans le journal et sur la page du compte.
      </Notice>
      <Form
        draft={{ name: 'exceptional-link', about: `${linkId}-${decision}` }}
        submit={button}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const { told } = await call(decideLinkInPlace, {
            params: { accountId: person.id, linkId },
            body: { decision, ...whyOf(values, ground) },
            idempotencyKey,
          })
          tellReader(done, told)
          await accountChanged()
          onClose()
        }}
      >
        <WhyFields settled={ground} />
      </Form>
    </Dialog>
  )
}

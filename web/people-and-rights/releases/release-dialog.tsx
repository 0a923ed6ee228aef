import { ofName } from '../../../contract/names-in-french.ts'
import {
  contestAddressRelease,
  type releaseActs,
  settleAddressRelease,
} from '../../../contract/people-and-rights/releases.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { Release } from './queries.ts'

export type ReleaseAct = (typeof releaseActs)[number]
export const actWords = {
  contest: 'Répondre que la personne travaille toujours ici',
  release: 'Libérer l’adresse',
  refuse: 'Refuser de libérer l’adresse',
  withdraw: 'Annuler la demande',
} as const satisfies Record<ReleaseAct, string>
const done = {
  contest: 'Votre réponse est envoyée au correspondant sécurité de l’opérateur (CSSI).',
  release: 'L’adresse est libre : le compte a pris fin.',
  refuse: 'La libération est refusée.',
  withdraw: 'La demande est annulée.',
} as const satisfies Record<ReleaseAct, string>
const outcomes = { release: 'released', refuse: 'refused', withdraw: 'withdrawn' } as const
const hints = {
  contest: 'Le CSSI le lira ; la structure qui demande, non',
  release: 'Les deux structures le liront : dix caractères au moins',
  refuse: 'La structure qui demande le lira : dix caractères au moins',
  withdraw: 'Dix caractères au moins',
} as const satisfies Record<ReleaseAct, string>

const What = ({ act, release }: { act: ReleaseAct; release: Release }) => {
  if (act === 'contest')
    return (
      <p>
        Le compte {ofName(release.person!.name)} garde son adresse tant que le correspondant sécurité de l’opérateur
        (CSSI) n’a pas décidé, votre réponse lue. Si la personne a quitté votre structure, enregistrez plutôt son
        départ.
      </p>
    )
  if (act === 'release')
    return (
      <>
        <p>
          Le compte <strong>{ofName(release.person!.name)}</strong>, dans la structure {release.former!.name}, prend fin
          aussitôt, comme à un départ : ses habilitations et ses sessions sont closes, un pseudonyme remplace son nom.
        </p>
        <p>
          C’est un acte exceptionnel : la structure en est prévenue, avec votre motif. Ses responsables de gestion de
          comptes (RGC) peuvent l’annuler dans les trente jours, tant qu’aucun autre compte n’a cette adresse.
        </p>
      </>
    )
  return act === 'refuse' ? (
    <p>Rien ne change pour le compte. La structure qui demande en est prévenue.</p>
  ) : (
    <p>L’adresse reste celle de l’autre compte. Vous pourrez la demander de nouveau.</p>
  )
}

export const ReleaseDialog = ({
  act,
  release,
  onClose,
}: {
  act: ReleaseAct
  release: Release
  onClose: () => void
}) => (
  <Dialog title={actWords[act]} onClose={onClose}>
    <What act={act} release={release} />
    <Form
      draft={{ name: 'release-answer', about: `${release.id}-${act}` }}
      submit={actWords[act]}
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        const params = { releaseId: release.id }
        const { told } =
          act === 'contest'
            ? await call(contestAddressRelease, { params, body: { reason: reason! }, idempotencyKey })
            : await call(settleAddressRelease, {
                params,
                body: { outcome: outcomes[act], reason: reason! },
                idempotencyKey,
              })
        tellReader(done[act], told)
        await rightsChanged()
        onClose()
      }}
    >
      <TextArea name="reason" label="Motif" hint={hints[act]} required maxLength={300} rows={3} />
    </Form>
  </Dialog>
)

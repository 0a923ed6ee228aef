import { useEffect, useState } from 'react'
import { announce } from '../../platform/announce.ts'
import { formatNumber } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Button, ButtonRow, FileField, ProgressBar } from '../../ui/index.ts'
import { fileSending, type SendingState } from './file-sending.ts'

/** A file that a form joins: it leaves as soon as it is chosen, while the rest is filled in. */
export const useUpload = () => {
  const [state, setState] = useState<SendingState>({ step: 'none' })
  const [sending] = useState(() => fileSending(setState))
  useEffect(() => () => sending.leave(), [sending])
  return {
    state,
    ...sending,
    /** Of a form that needs one: `what` says which. */
    needed: async (what: string): Promise<string> => {
      const id = await sending.joined()
      if (id === null)
        throw new ApiProblem('upload/unknown', 422, {
          title: 'Fichier attendu',
          detail: `Joignez ${what}, en PDF ou en image.`,
        })
      return id
    },
  }
}
export type Upload = ReturnType<typeof useUpload>

const megabytes = (bytes: number) =>
  bytes < 100_000
    ? `${formatNumber(Math.max(1, Math.round(bytes / 1000)))} ko`
    : `${formatNumber(Math.round(bytes / 100_000) / 10)} Mo`

const accept = 'application/pdf,image/png,image/jpeg,.pdf,.png,.jpg,.jpeg'

/** Says how far the file is, and lets one stop it, or send it on, without touching the rest of the form. */
export const UploadField = ({
  label,
  upload,
  optional = false,
}: {
  label: string
  upload: Upload
  optional?: boolean
}) => {
  const { state } = upload
  const { step } = state
  useEffect(() => {
    if (step === 'joined') announce('Le fichier est joint.')
    if (step === 'stopped') announce('L’envoi du fichier s’est arrêté.')
  }, [step])
  return (
    <>
      <FileField
        label={label}
        hint="Un PDF, ou une image PNG ou JPEG, de 20 Mo au plus."
        accept={accept}
        required={!optional}
        error={state.step === 'stopped' ? `${state.problem.title}. ${state.problem.detail}` : undefined}
        onFile={upload.start}
      />
      {state.step !== 'none' && <Sent state={state} upload={upload} />}
    </>
  )
}

const Sent = ({ state, upload }: { state: Exclude<SendingState, { step: 'none' }>; upload: Upload }) => {
  const { name, size } = state.file
  return (
    <div className="fr-mt-2v">
      {state.step === 'sending' && (
        <ProgressBar
          label={`Envoi de « ${name} »`}
          value={state.sent}
          max={state.pieces}
          figures={`${Math.round((100 * state.sent) / state.pieces)} % de ${megabytes(size)}`}
        />
      )}
      {state.step === 'checking' && <p className="fr-mb-1v">« {name} » est arrivé. Contrôle en cours…</p>}
      {state.step === 'joined' && (
        <p className="fr-mb-1v">
          Fichier joint : {name} ({megabytes(size)})
        </p>
      )}
      {state.step === 'stopped' && state.again && (
        <p className="fr-mb-1v">« {name} » : ce qui est arrivé est gardé, et l’envoi reprend de là.</p>
      )}
      <ButtonRow>
        {state.step === 'stopped' && state.again && (
          <Button size="small" priority="secondary" onClick={upload.resume}>
            Reprendre l’envoi
          </Button>
        )}
        <Button size="small" priority="tertiary" onClick={upload.cancel}>
          {state.step === 'joined' || state.step === 'stopped' ? 'Retirer le fichier' : 'Annuler l’envoi'}
        </Button>
      </ButtonRow>
    </div>
  )
}

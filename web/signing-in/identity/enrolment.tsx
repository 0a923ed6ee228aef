import { startRegistration } from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { encode } from 'uqr'
import { confirmPasskey, confirmTotp, startPasskey, startTotp } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { announce, Button, ButtonRow, Form, Notice, Refused, Skeleton, TextField } from '../../ui/index.ts'
import { ceremony } from './second-factor-proof.tsx'
import './identity.css'

type Enrolled = (recoveryCodes: readonly string[]) => void

export const EnrolTotp = ({ onEnrolled, plain = false }: { onEnrolled: Enrolled; plain?: boolean }) => {
  const start = useMutation({ mutationFn: () => call(startTotp, { plain }) })
  const { mutate } = start
  useEffect(() => mutate(), [mutate])
  if (start.isError) return <Refused problem={start.error} retry={() => mutate()} />
  if (!start.data) return <Skeleton lines={6} />
  const { secret, uri } = start.data
  return (
    <Form
      draft="secret"
      submit="Confirmer l’application"
      busyWords="Vérification…"
      onSubmit={async ({ code, label }) => {
        const { recoveryCodes } = await call(confirmTotp, { body: { code: code!.trim(), label: label!.trim() }, plain })
        onEnrolled(recoveryCodes)
      }}
    >
      <ol className="cc-steps">
        <li>
          <p>
            Ouvrez votre application de codes (par exemple FreeOTP, Aegis, ou celle de votre téléphone) et ajoutez un
            compte en photographiant ce carré :
          </p>
          <div className="cc-qr">
            <QrCode text={uri} label="Code QR à photographier avec l’application de codes" />
          </div>
          <p className="fr-mb-1v">Ou saisissez-y cette clé :</p>
          <p>
            <code className="cc-secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
        </li>
        <li>
          <TextField
            name="label"
            label="Nom de cet appareil"
            hint="Pour le reconnaître parmi vos moyens"
            defaultValue="Mon téléphone"
            required
            maxLength={60}
            width="medium"
          />
        </li>
        <li>
          <TextField
            name="code"
            label="Code à six chiffres"
            hint="Celui que l’application affiche maintenant"
            required
            check={code => (/^\d{3} ?\d{3}$/.test(code) ? undefined : 'le code a six chiffres.')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            width="short"
          />
        </li>
      </ol>
    </Form>
  )
}

export const EnrolPasskey = ({ onEnrolled, plain = false }: { onEnrolled: Enrolled; plain?: boolean }) => (
  <Form
    draft="secret"
    submit="Créer ma clé d’accès"
    busyWords="En attente de votre appareil…"
    onSubmit={async ({ label }) => {
      const { options } = await call(startPasskey, { plain })
      const answer = await ceremony(() => startRegistration({ optionsJSON: options as never }))
      const { recoveryCodes } = await call(confirmPasskey, { body: { answer, label: label!.trim() }, plain })
      onEnrolled(recoveryCodes)
    }}
  >
    <p>
      La clé reste dans votre appareil (ordinateur, téléphone ou clé de sécurité) et s’ouvre par votre empreinte, votre
      visage ou son code. Rien à recopier, et un faux site ne peut pas vous la prendre.
    </p>
    <TextField
      name="label"
      label="Nom de cet appareil"
      hint="Pour le reconnaître parmi vos moyens"
      defaultValue="Mon ordinateur"
      required
      maxLength={60}
      width="medium"
    />
  </Form>
)

/** Drawn, not injected: one path for all the dark squares. Black on white in both themes, or cameras cannot read it. */
const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="208"
      height="208"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** Shown once: the server keeps only their digests. */
export const RecoveryCodes = ({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      setCopied(true)
      announce('Les codes sont copiés.')
    } catch {
      announce('La copie n’a pas été permise par le navigateur. Imprimez les codes ou recopiez-les.')
    }
  }
  return (
    <>
      <Notice tone="warning" title="Gardez ces codes de secours en lieu sûr">
        Ils ne seront plus jamais montrés. Chacun remplace une fois votre second facteur, si vous perdez votre appareil.
      </Notice>
      <ul className="cc-codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <ButtonRow>
        <Button priority="secondary" size="small" onClick={() => void copy()}>
          {copied ? 'Copiés' : 'Copier les codes'}
        </Button>
        <Button priority="secondary" size="small" onClick={() => window.print()}>
          Imprimer
        </Button>
      </ButtonRow>
      <div className="fr-mt-3w">
        <Button onClick={onKept}>J’ai gardé mes codes, continuer</Button>
      </div>
    </>
  )
}

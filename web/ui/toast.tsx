import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../platform/problem.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { type Toast, toast, toasted } from '../platform/toast.ts'
import { Button } from './button.tsx'
import './toast.css'

const seconds = 10

/** Mounted once by the shell: what was just done, in sight for ten seconds. It is spoken by `toast`. */
export const Toaster = () => {
  const shown = toasted.use()
  if (!shown) return null
  return <Shown key={shown.turn} {...shown} />
}

/** Time stops while one points at it, or stands in it with the keyboard. */
const useTimeLeft = (held: boolean) => {
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => toasted.set(null), seconds * 1000)
    return () => clearTimeout(timer)
  }, [held])
}

const Shown = ({ text, undo }: Toast) => {
  const root = useRef<HTMLElement>(null)
  const [pointed, setPointed] = useState(false)
  const [stoodIn, setStoodIn] = useState(false)
  const [busy, setBusy] = useState(false)
  useTimeLeft(pointed || stoodIn || busy)
  const leave = () => {
    // The button that had the focus goes away.
    if (root.current?.contains(document.activeElement)) document.querySelector<HTMLElement>('h1')?.focus()
    toasted.set(null)
  }
  const takeBack = async () => {
    if (!undo || busy) return
    setBusy(true)
    try {
      await undo.run()
      leave()
      toast(typeof undo.done === 'string' ? undo.done : undo.done())
    } catch (error) {
      leave()
      toast(`Rien n’a été annulé. ${asProblem(error).detail}`)
    }
  }
  useShortcut('undo', () => void takeBack(), { enabled: undo !== undefined })
  return (
    <section
      ref={root}
      className="cc-toast"
      aria-label="Ce qui vient d’être fait"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setStoodIn(true)}
      onBlur={() => setStoodIn(false)}
    >
      <p>{text}</p>
      {undo && (
        <Button size="small" priority="secondary" shortcut="z" busy={busy} onClick={() => void takeBack()}>
          Annuler
        </Button>
      )}
      <Button size="small" priority="tertiary no outline" icon="fr-icon-close-line" onClick={leave}>
        Fermer
      </Button>
    </section>
  )
}

import { type RefObject, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { announce } from '../../platform/announce.ts'
import { type Draft, type DraftService, draftKeeper, type Keeping } from '../../platform/draft-keeper.ts'
import { formatList } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Differing } from '../difference.tsx'
import { AsideDraft, ClashingDraft, FoundDraft } from './draft-words.tsx'
import { DialogDraftContext, type DraftedForm, FormDrafts, type FormPlace } from './drafted-form.ts'
import { type FormValues, isFileKey, readFields } from './form-values.ts'
import { said, writeFields } from './form-writing.ts'

const nothing: FormValues = {}
const placeOf = (form: HTMLFormElement | null, version: number | undefined): FormPlace => {
  const heading = (form?.closest('dialog')?.querySelector('h2') ?? document.querySelector('h1'))?.textContent
  return {
    title: (heading?.trim() || 'Formulaire').slice(0, 200),
    path: location.pathname.replace(/\/$/, '') || '/',
    version: version ?? null,
  }
}
const unchosen = () =>
  new ApiProblem('draft/newer-elsewhere', 409, {
    title: 'Deux versions de cette saisie',
    detail: 'Choisissez d’abord, au-dessus du formulaire, celle que vous voulez envoyer. Rien n’est perdu.',
  })
/** The form was sent: its draft goes, tried again while the network is away. */
const drop = async (service: DraftService): Promise<void> => {
  for (const wait of [0, 4000, 20_000]) {
    await new Promise(resolve => setTimeout(resolve, wait))
    try {
      await service.discard()
      return
    } catch {}
  }
}

/** Kept of a draft that was found: which answers found no place, and whether what the form changes moved since. */
interface Found {
  readonly draft: Draft
  readonly lost: readonly string[]
  /** Names of files that were attached: they are to be attached again. */
  readonly files: readonly string[]
  readonly outdated: boolean
}
/** An identifier says nothing to a person: its question does. */
const wordsOf = (form: HTMLFormElement | null, key: string, value: string) => {
  if (!form) return value
  const { label, words } = said(form, key, value)
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? label : words
}
type FormRef = RefObject<HTMLFormElement | null>
type Latest = RefObject<DraftedForm | undefined>

/** The keeper of this form's draft, and what it says; null where nothing is kept. */
const useKeeper = (form: FormRef, drafted: DraftedForm | undefined, latest: Latest, sendKey: RefObject<string>) => {
  const give = useContext(FormDrafts)
  const [keeping, setKeeping] = useState<Keeping>({ kind: 'none' })
  const { name, about = 'new' } = drafted ?? {}
  const kept = useMemo(() => {
    if (!give || !name) return null
    const place = () => placeOf(form.current, latest.current?.version)
    const service = give(name, String(about), place, () => sendKey.current)
    return { service, keeper: draftKeeper(service, setKeeping) }
  }, [give, name, about, form, latest, sendKey])
  useEffect(() => {
    if (keeping.kind === 'away')
      announce('Le réseau ne répond pas : votre saisie reste ici, son brouillon sera enregistré au retour du réseau.')
  }, [keeping.kind])
  return { kept, keeping }
}

/** The answers of the form, those of no field included. */
const useAnswers = (form: FormRef, latest: Latest, start: RefObject<FormValues>) => {
  // What the form showed before anything was typed, of each field since it appeared.
  const starts = useRef<Record<string, string>>({ ...start.current })
  return useMemo(() => {
    const shown = (): FormValues => ({
      ...(form.current ? readFields(form.current) : nothing),
      ...latest.current?.more,
    })
    const typed = (): FormValues | null => {
      const now = shown()
      starts.current = { ...now, ...starts.current }
      const changed = Object.entries(now).filter(([key, value]) => value !== starts.current[key])
      return changed.some(([key]) => !isFileKey(key)) ? Object.fromEntries(changed) : null
    }
    return {
      shown,
      typed,
      /** What is shown is what the form starts from. */
      restart: () => {
        starts.current = { ...shown() }
      },
      /** Writes these answers, and what the form showed at first where they say nothing; those that found no place. */
      show: async (values: FormValues): Promise<FormValues> => {
        if (!form.current) return values
        const wanted = { ...starts.current, ...values }
        const { more = nothing, onMore } = latest.current ?? {}
        onMore?.(Object.fromEntries(Object.keys(more).map(key => [key, wanted[key] ?? ''])))
        const lost = await writeFields(form.current, wanted, typed)
        return Object.fromEntries(Object.entries(lost).filter(([key]) => key in values && !(key in more)))
      },
    }
  }, [form, latest])
}

/** Opens the draft as the form appears, writes the last words as it goes, and tells the dialog around it. */
const useOpening = (
  kept: ReturnType<typeof useKeeper>['kept'],
  keeping: Keeping,
  typed: () => FormValues | null,
  take: (draft: Draft) => Promise<void>,
) => {
  const tellDialog = useContext(DialogDraftContext)
  const now = useRef({ keeping, take })
  now.current = { keeping, take }
  useEffect(() => {
    if (!kept) return
    const { keeper } = kept
    let gone = false
    typed()
    void keeper.open().then(draft => {
      if (!gone && draft) void now.current.take(draft)
    })
    addEventListener('online', keeper.hurry)
    addEventListener('pagehide', keeper.hurry)
    tellDialog({
      kept: () => typed() !== null && ['none', 'saved'].includes(now.current.keeping.kind),
      onDrop: () => void keeper.discard().catch(() => undefined),
    })
    return () => {
      gone = true
      removeEventListener('online', keeper.hurry)
      removeEventListener('pagehide', keeper.hurry)
      tellDialog(undefined)
      keeper.close()
    }
  }, [kept, typed, tellDialog])
}

export const useFormDraft = (
  form: FormRef,
  drafted: DraftedForm | undefined,
  start: RefObject<FormValues>,
  sendKey: RefObject<string>,
) => {
  const latest = useRef(drafted)
  latest.current = drafted
  const { kept, keeping } = useKeeper(form, drafted, latest, sendKey)
  const { shown, typed, show, restart } = useAnswers(form, latest, start)
  const [found, setFound] = useState<Found | null>(null)
  const [aside, setAside] = useState<{ values: FormValues; why: 'other-version' | 'erased' } | null>(null)
  const observe = () => kept?.keeper.want(typed())
  if (drafted?.handle && kept)
    drafted.handle.current = {
      kept: kept.keeper.kept,
      drop: () => {
        kept.keeper.recorded()
        void drop(kept.service)
      },
    }
  const take = async (draft: Draft) => {
    const astray = Object.entries(await show(draft.content))
    const words = (ofFile: boolean) =>
      astray.filter(([key]) => isFileKey(key) === ofFile).map(([key, value]) => wordsOf(form.current, key, value))
    // It may have been sent already, from here or elsewhere: what is sent again is never written twice.
    if (draft.sendKey) sendKey.current = draft.sendKey
    kept?.keeper.settle(draft, typed())
    const version = draft.form?.version ?? null
    setFound({
      draft,
      lost: words(false),
      files: words(true),
      outdated: version !== null && version !== (latest.current?.version ?? null),
    })
  }
  useOpening(kept, keeping, typed, take)
  // Each time the page draws: a field that appears, or an answer out of the fields, may have changed.
  useEffect(observe)

  if (!kept) return null
  const { keeper, service } = kept
  return {
    keeping,
    found,
    aside,
    shown,
    form,
    /** After an event, once the page has drawn what it changes. */
    typedIn: () => setTimeout(observe),
    before: async () => {
      if (keeping.kind === 'elsewhere') throw unchosen()
      await keeper.hold()
    },
    failed: keeper.release,
    sent: () => {
      restart()
      keeper.recorded()
      void drop(service).then(keeper.restart)
    },
    takeOther: async (draft: Draft) => {
      setAside({ values: shown(), why: 'other-version' })
      await take(draft)
    },
    keepMine: (draft: Draft) => {
      setAside({ values: draft.content, why: 'other-version' })
      keeper.settle(draft, null)
    },
    takeAside: async () => {
      if (!aside) return
      setAside(aside.why === 'erased' ? null : { ...aside, values: shown() })
      await show(aside.values)
      observe()
    },
    erase: async () => {
      const erased = shown()
      await keeper.discard()
      sendKey.current = newKey()
      await show(nothing)
      restart()
      observe()
      setFound(null)
      setAside({ values: erased, why: 'erased' })
      announce('Brouillon effacé.')
    },
  }
}
export type FormDraft = NonNullable<ReturnType<typeof useFormDraft>>

/** Above the fields: the draft that was found, another version of it, what one may take back. */
export const FormDraftNotice = ({ draft }: { draft: FormDraft }) => {
  const { keeping, found, aside } = draft
  if (keeping.kind === 'elsewhere') return <Clash theirs={keeping.draft} draft={draft} />
  if (aside) return <AsideDraft why={aside.why} onTake={() => void draft.takeAside()} />
  if (!found) return null
  return (
    <>
      {found.outdated && (
        <p className="cc-draft cc-draft--clash">
          Ce que vous modifiez a changé depuis ce brouillon. Seul ce que vous aviez saisi est repris : relisez tout
          avant d’envoyer.
        </p>
      )}
      {found.lost.length > 0 && (
        <p className="cc-draft cc-draft--clash">
          Le formulaire a changé depuis ce brouillon. Ce qui n’y trouve plus sa place :{' '}
          {formatList(found.lost.map(words => `« ${words} »`))}.
        </p>
      )}
      {found.files.length > 0 && (
        <p className="cc-draft cc-draft--clash">
          Un fichier ne se garde pas dans un brouillon. À joindre de nouveau :{' '}
          {formatList(found.files.map(name => `« ${name} »`))}.
        </p>
      )}
      <FoundDraft found={found.draft} erase={draft.erase} />
    </>
  )
}

const Clash = ({ theirs, draft }: { theirs: Draft; draft: FormDraft }) => {
  const form = draft.form.current
  const mine = draft.shown()
  const differing = Object.entries(theirs.content).filter(([key, value]) => (mine[key] ?? '') !== value)
  const rows = form
    ? differing.map(([key, value]) => {
        const other = said(form, key, value)
        return { label: other.label, mine: said(form, key, mine[key] ?? '').words, theirs: other.words }
      })
    : []
  return (
    <ClashingDraft theirs={theirs} draft={draft}>
      {rows.length > 0 && (
        <div className="cc-difference">
          <Differing rows={rows} theirsHead="L’autre version" />
        </div>
      )}
    </ClashingDraft>
  )
}

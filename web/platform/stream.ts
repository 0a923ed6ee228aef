import { useEffect, useRef, useState } from 'react'

const [shortest, longest] = [1_000, 30_000]

/**
 * Listens to a stream of versions while the tab is seen. Calls `onMoved` at each event, and at each opening: nothing
 * was heard before.
 * Closed in a hidden tab. It comes back by itself, later and later while the service is away. Answers whether it
 * listens.
 */
export const useStream = (path: string, onMoved: () => void): boolean => {
  const [live, setLive] = useState(false)
  const moved = useRef(onMoved)
  useEffect(() => {
    moved.current = onMoved
  })
  useEffect(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let wait = shortest
    const close = () => {
      clearTimeout(timer)
      source?.close()
      source = undefined
      setLive(false)
    }
    const open = () => {
      close()
      if (document.visibilityState === 'hidden') return
      source = new EventSource(`/api${path}`)
      source.addEventListener('open', () => {
        wait = shortest
        setLive(true)
        moved.current()
      })
      source.addEventListener('progress', () => moved.current())
      source.addEventListener('error', () => {
        const was = source?.readyState === EventSource.CONNECTING
        close()
        // An ended stream may mean an ended right: what is read next says so.
        if (was) moved.current()
        timer = setTimeout(open, wait * (0.75 + Math.random() / 2))
        wait = Math.min(wait * 2, longest)
      })
    }
    open()
    document.addEventListener('visibilitychange', open)
    return () => {
      document.removeEventListener('visibilitychange', open)
      close()
    }
  }, [path])
  return live
}

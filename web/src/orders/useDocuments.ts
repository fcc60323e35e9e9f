/** The documents of a sold order, all in one or one by one: fetched until they are there, shown and printed. */
import { ref, shallowRef } from 'vue'
import { buildAddress } from '@/api/client'
import type { ShownProblem } from '@/api/problem'

const PAUSE_MILLISECONDS = 2_000
const PATIENCE = 30
/** Asking again would be answered the same. */
const FINAL = new Set([
  'document-not-kept', 'document-not-offered', 'permission-denied', 'order-state-changed', 'rail-refused',
])

type Look = { kind: 'ready' | 'later' | 'separate' } | { kind: 'refused'; problem: ShownProblem }

function judgeRefusal(text: string): Look {
  let members: Record<string, unknown> = {}
  try {
    members = JSON.parse(text) as Record<string, unknown>
  } catch {
    return { kind: 'later' }
  }
  const code = String(members['code'])
  if (code === 'documents-not-merged') return { kind: 'separate' }
  return FINAL.has(code) ? { kind: 'refused', problem: { code, members } } : { kind: 'later' }
}

export function useDocuments() {
  /** `separate`: SBB's documents cannot be put into one; each ticket is opened by itself. */
  const state = ref<'waiting' | 'ready' | 'late' | 'separate' | 'refused'>('waiting')
  const problem = shallowRef<ShownProblem | null>(null)
  const address = ref<string | null>(null)
  let timer: number | undefined
  let printed: string | null = null
  let run = 0

  async function look(target: string): Promise<Look> {
    try {
      const response = await fetch(target, { headers: { Accept: '*/*' }, credentials: 'same-origin' })
      const isDocument = response.ok && !(response.headers.get('Content-Type') ?? '').includes('json')
      if (!isDocument) return judgeRefusal(await response.text())
      await response.arrayBuffer()
      return { kind: 'ready' }
    } catch {
      return { kind: 'later' }
    }
  }

  function fetchAll(number: string): Promise<void> {
    return fetchDocument(buildAddress(`/orders/${number}/documents.pdf`))
  }

  async function fetchDocument(target: string): Promise<void> {
    stop()
    const mine = run
    state.value = 'waiting'
    problem.value = null
    address.value = null
    for (let count = 0; count < PATIENCE; count += 1) {
      const found = await look(target)
      if (mine !== run) return
      if (found.kind !== 'later') {
        address.value = found.kind === 'ready' ? target : null
        problem.value = found.kind === 'refused' ? found.problem : null
        state.value = found.kind
        return
      }
      await new Promise<void>((resolve) => { timer = window.setTimeout(resolve, PAUSE_MILLISECONDS) })
      if (mine !== run) return
    }
    state.value = 'late'
  }

  /** Prints what the frame shows; a browser that keeps its viewer to itself gets a window of its own. */
  function print(frame: HTMLIFrameElement | null): void {
    try {
      frame?.contentWindow?.print()
    } catch {
      window.open(address.value ?? '', '_blank', 'noopener')
    }
  }

  /** At once after the sale, but not again for the same document. */
  function printOnce(frame: HTMLIFrameElement | null): void {
    if (address.value === null || printed === address.value) return
    printed = address.value
    print(frame)
  }

  function stop(): void {
    run += 1
    window.clearTimeout(timer)
  }

  return { state, problem, address, fetchAll, fetchDocument, print, printOnce, stop }
}

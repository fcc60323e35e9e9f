import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addLayer, startKeyboard } from './registry'

let stop: () => void
const removals: (() => void)[] = []

function press(key: string, options: KeyboardEventInit & { target?: Element } = {}) {
  const { target = document.body, ...init } = options
  target.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...init }))
}

function release(key: string) {
  document.body.dispatchEvent(new KeyboardEvent('keyup', { key, code: key, bubbles: true }))
}

function listen(keys: string, options: { isModal?: boolean; isActive?: () => boolean } = {}) {
  const { isModal = false, isActive = () => true } = options
  const run = vi.fn()
  removals.push(addLayer({ isModal, bindings: [{ keys, textKey: 'x', run, isActive }] }))
  return run
}

beforeEach(() => {
  stop = startKeyboard(window)
})

afterEach(() => {
  stop()
  for (const remove of removals.splice(0)) remove()
  document.body.replaceChildren()
})

describe('keys', () => {
  it('run once per press, however long it lasts', () => {
    const run = listen('Ctrl+Enter')
    press('Enter', { ctrlKey: true })
    press('Enter', { ctrlKey: true, repeat: true })
    press('Enter', { ctrlKey: true })
    expect(run).toHaveBeenCalledTimes(1)
    release('Enter')
    press('Enter', { ctrlKey: true })
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('a key that is still down from before does not become a chord', () => {
    const run = listen('Ctrl+Enter')
    press('Enter')
    press('Enter', { ctrlKey: true })
    expect(run).not.toHaveBeenCalled()
  })

  it('⌘ counts as Ctrl, and releases on macOS are not waited for', () => {
    const run = listen('Ctrl+Enter')
    press('Enter', { metaKey: true })
    release('Meta')
    press('Enter', { metaKey: true })
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('do not run while characters are composed or typed with AltGraph or Alt', () => {
    const run = listen('F2')
    press('F2', { isComposing: true })
    release('F2')
    press('F2', { altKey: true })
    release('F2')
    // What the browser says of a key typed with AltGraph; the test's DOM does not know modifierAltGraph.
    vi.spyOn(KeyboardEvent.prototype, 'getModifierState').mockReturnValue(true)
    press('F2')
    vi.restoreAllMocks()
    release('F2')
    expect(run).not.toHaveBeenCalled()
    press('F2')
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('the slash is a letter in text fields', () => {
    const run = listen('/')
    const field = document.body.appendChild(document.createElement('input'))
    press('/', { target: field })
    release('/')
    expect(run).not.toHaveBeenCalled()
    press('/', { shiftKey: true })
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('of a page rest while a dialog is open', () => {
    const page = listen('F8')
    const dialog = listen('F9', { isModal: true })
    press('F8')
    press('F9')
    expect(page).not.toHaveBeenCalled()
    expect(dialog).toHaveBeenCalledTimes(1)
  })

  it('that are not possible now leave the event to others', () => {
    const run = listen('Enter', { isActive: () => false })
    press('Enter')
    expect(run).not.toHaveBeenCalled()
  })
})

; `spartan` on the person's PATH, and everything gone where that was asked for.
;
; NSIS's own strings end after 1,024 characters, and many a PATH is longer: read into one, it would come back cut off. So the
; value lies in memory of the system's while it is changed, and stays as unexpanded as it was.

!define PATH_OF_PERSON 'p 0x80000001, w "Environment", w "Path"'
; Strings alone, and variables in them as they are.
!define AS_IT_STANDS 0x10000006
!define NONE_THERE 2
; A PATH that is there and cannot be read stays as it is.
!define UNREADABLE -1

; A command that waits, such as `spartan watch`, holds its own file as the window holds the program's.
!macro NSIS_HOOK_PREINSTALL
  !insertmacro CheckIfAppIsRunning "$INSTDIR\spartan.exe" "spartan"
!macroend

!macro NSIS_HOOK_POSTINSTALL
  !insertmacro ReadPath
  System::Call 'shlwapi::StrStrIW(p r1, w ";$INSTDIR;") p .r3'
  ${If} $2 <> ${UNREADABLE}
  ${AndIf} $3 P= 0
    System::Call 'kernel32::lstrcatW(p r1, w "$INSTDIR;")'
    !insertmacro WritePath
  ${EndIf}
  System::Free $1
!macroend

!macro NSIS_HOOK_PREUNINSTALL
  !insertmacro CheckIfAppIsRunning "$INSTDIR\spartan.exe" "spartan"
  ${If} $UpdateMode <> 1
    ${If} $DeleteAppDataCheckboxState = 1
      ; The key in the Credential Manager would outlive the folder that the uninstaller deletes. A program that runs would
      ; write everything anew.
      !insertmacro CheckIfAppIsRunning "$INSTDIR\${MAINBINARYNAME}.exe" "${PRODUCTNAME}"
      nsExec::ExecToLog '"$INSTDIR\spartan.exe" purge --yes'
      Pop $0
    ${EndIf}
    ; The entry that *Start at login* makes. An installer that removes the version before runs this program where it lies, and a
    ; person's choice outlives that; removed for good, it runs from a copy elsewhere.
    ${If} $EXEDIR != $INSTDIR
      DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${BUNDLEID}"
      DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${BUNDLEID}"
    ${EndIf}
    !insertmacro ReadPath
    System::Call 'shlwapi::StrStrIW(p r1, w ";$INSTDIR;") p .r3'
    ${If} $2 <> ${UNREADABLE}
    ${AndIf} $3 P<> 0
      StrLen $4 ";$INSTDIR"
      IntOp $4 $4 * 2
      IntPtrOp $4 $3 + $4
      System::Call 'kernel32::lstrlenW(p r4) i .r5'
      IntOp $5 $5 + 1
      IntOp $5 $5 * 2
      System::Call 'kernel32::RtlMoveMemory(p r3, p r4, p r5)'
      !insertmacro WritePath
    ${EndIf}
    System::Free $1
  ${EndIf}
!macroend

; $1: the PATH between semicolons, in memory with room for one folder more. $2: its size, or that it cannot be read.
!macro ReadPath
  StrCpy $2 0
  System::Call 'advapi32::RegGetValueW(${PATH_OF_PERSON}, i ${AS_IT_STANDS}, p 0, p 0, *i .r2) i .r0'
  ${If} $0 = ${NONE_THERE}
    StrCpy $2 0
  ${ElseIf} $0 <> 0
    StrCpy $2 ${UNREADABLE}
  ${EndIf}
  IntOp $3 $2 + 4096
  System::Alloc $3
  Pop $1
  System::Call 'kernel32::lstrcpyW(p r1, w ";")'
  ${If} $2 > 2
    IntPtrOp $4 $1 + 2
    System::Call 'advapi32::RegGetValueW(${PATH_OF_PERSON}, i ${AS_IT_STANDS}, p 0, p r4, *i r2r2) i .r0'
    ${If} $0 <> 0
      StrCpy $2 ${UNREADABLE}
    ${EndIf}
    System::Call 'kernel32::lstrcatW(p r1, w ";")'
  ${EndIf}
!macroend

; Writes what $1 has between its first and its last semicolon, nothing where that is nothing, and tells the programs that run.
!macro WritePath
  IntPtrOp $3 $1 + 2
  System::Call 'kernel32::lstrlenW(p r3) i .r4'
  ${If} $4 > 0
    ; The last semicolon becomes the end, which counts as a character.
    IntOp $5 $4 * 2
    IntOp $4 $5 - 2
    IntPtrOp $4 $3 + $4
    System::Call 'kernel32::lstrcpyW(p r4, w "")'
    System::Call 'advapi32::RegSetKeyValueW(${PATH_OF_PERSON}, i 2, p r3, i r5) i .r0'
  ${Else}
    DeleteRegValue HKCU "Environment" "Path"
  ${EndIf}
  SendMessage 0xFFFF 0x001A 0 "STR:Environment" /TIMEOUT=5000
!macroend
